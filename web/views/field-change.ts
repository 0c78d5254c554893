import type { Change, Passage } from './format.ts';

export function passageOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Passage {
  return { text: value, from: selectionStart, to: selectionEnd };
}

/** As if it had been typed: the field tells of it, and its own undo takes it back. */
export function change(field: HTMLTextAreaElement, { from, to, insert, select }: Change): void {
  field.focus();
  field.setSelectionRange(from, to);
  // No other way leaves the undoing whole; browsers keep it for that, and only for that.
  const isDone = insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, insert);
  if (!isDone) {
    field.setRangeText(insert, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  field.setSelectionRange(...select);
}
