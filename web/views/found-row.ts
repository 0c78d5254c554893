import type { Seq } from '../../protocol/ids.ts';

export function rowOf(rows: Element, seq: Seq): HTMLElement | undefined {
  return rows.querySelector<HTMLElement>(`.message[data-from="${seq}"]`) ?? undefined;
}

/** Whoever was led to a row is shown it for a moment, and reads on from there by keyboard. */
export function showFound(row: HTMLElement): void {
  if (!row.hasAttribute('tabindex')) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.removeAttribute('data-found');
  // Without a layout between them the browser takes both for nothing, and what is found again is not shown again.
  row.getBoundingClientRect();
  row.setAttribute('data-found', '');
  row.addEventListener('animationend', () => row.removeAttribute('data-found'), { once: true });
}
