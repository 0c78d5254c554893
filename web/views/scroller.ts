// Geometry of a scroller with `flex-direction: column-reverse`: its scrollTop is 0 at the bottom and negative above.

let anchors: boolean | undefined;

/** Whether the browser itself keeps what is read in its place while things around it change size (WebKit does not). */
export function keepsItsPlace(): boolean {
  anchors ??= CSS.supports('overflow-anchor', 'auto');
  return anchors;
}

/** Pixels from the bottom. */
export function howFarUp(scroller: Element): number {
  return Math.abs(scroller.scrollTop);
}

/** Within two screens of the top: what is older is asked for before one gets there. */
export function isNearTop(scroller: Element): boolean {
  return scroller.scrollHeight - scroller.clientHeight - howFarUp(scroller) < 2 * scroller.clientHeight;
}

/** What is held on to by hand: as in transcript.css, a message or a notice and not what stands above the oldest. */
export function firstVisibleRow(scroller: Element, rows: Element): Element | undefined {
  const { top } = scroller.getBoundingClientRect();
  return [...rows.querySelectorAll('.message, .notice')].find((row) => row.getBoundingClientRect().bottom > top);
}
