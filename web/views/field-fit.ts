/**
 * Makes the field as high as its text, up to the bound that its style has, where the browser does not do so by itself
 * (Firefox). Measuring lays the page out: only when the text has changed.
 */
export function fitToText(field: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}
