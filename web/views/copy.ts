/** Rejects where pages may not copy, as without TLS from another machine. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard === undefined) throw new Error('no clipboard');
  await navigator.clipboard.writeText(text);
}

/** Whoever copies all that `body` shows gets what was written: `source`. A part of it is copied as it is seen. */
export function copySource(event: ClipboardEvent, body: HTMLElement, source: string): void {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount !== 1 || event.clipboardData === null) return;
  const selected = selection.getRangeAt(0).toString().trim();
  const all = document.createRange();
  all.selectNodeContents(body);
  const withMarks = all.toString().trim();
  // That it is edited may be selected with it or not.
  const marks = body.querySelector('.marks');
  if (marks !== null) all.setEndBefore(marks);
  if (selected === '' || (selected !== withMarks && selected !== all.toString().trim())) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', source);
}
