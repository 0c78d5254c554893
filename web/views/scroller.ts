// Geometry of a scroller with `flex-direction: column-reverse`: its scrollTop is 0 at the bottom and negative above.
import type { Seq } from '../../protocol/ids.ts';
import type { Span } from '../state/room-state.ts';

/** What is shown next is made ready when it is this many screens away. */
const SCREENS_AHEAD = 2;
/** Whoever has just turned the wheel is not pulled back to the bottom by what comes, however little they got away. */
const NUDGE_MS = 150;
/** Under the day that sticks at the top nothing can be read. */
const DAY_PX = 40;

/** Pixels from the bottom. */
export function howFarUp(scroller: Element): number {
  return Math.abs(scroller.scrollTop);
}

export function isNearTop(scroller: Element): boolean {
  const { scrollHeight, clientHeight } = scroller;
  return scrollHeight - clientHeight - howFarUp(scroller) < SCREENS_AHEAD * clientHeight;
}

export function isNearBottom(scroller: Element): boolean {
  return howFarUp(scroller) < SCREENS_AHEAD * scroller.clientHeight;
}

/** A place that outlives what is drawn. */
export interface PlaceMark {
  readonly seq: Seq;
  readonly below: number;
}

/**
 * The place in a scroller where one reads. It holds on to a row: whatever is added, removed or changes its size around
 * that, the row stays where it is on the screen. Most browsers do most of it by themselves (scroll anchoring); WebKit
 * does nothing of it.
 */
export class ReadingPlace {
  readonly #scroller: Element;
  readonly #rows: Element;
  readonly #isKept: boolean;
  #row: HTMLElement | undefined;
  /** Where the row was. With the scroll position in it where only people change that: they may do so at any moment. */
  #place = 0;
  /** What scrollTop should be, and what it was found to be: browsers round it, and a thousand roundings are a screen. */
  #wanted = 0;
  #found = 0;
  #nudgedAt = Number.NEGATIVE_INFINITY;

  constructor(scroller: Element, rows: Element) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#isKept = CSS.supports('overflow-anchor', 'auto') && getComputedStyle(scroller).overflowAnchor !== 'none';
  }

  /** Somebody, or the browser, has scrolled. `now` in ms, from any start. */
  scrolled(now: number): void {
    const { scrollTop } = this.#scroller;
    // This is what hold() or toBottom() did.
    if (scrollTop === this.#found) return;
    this.#nudgedAt = scrollTop < this.#found ? now : Number.NEGATIVE_INFINITY;
    this.#moved();
    this.#take();
  }

  /** Where one reads: a row, and how far it is below the top; undefined where nothing is held on to. */
  mark(): PlaceMark | undefined {
    if (this.#row?.isConnected !== true) return undefined;
    const { top } = this.#scroller.getBoundingClientRect();
    return { seq: seqOf(this.#row, 'from'), below: this.#row.getBoundingClientRect().top - top };
  }

  /** Back to where one has read; where those rows are gone, to the bottom. */
  returnTo({ seq, below }: PlaceMark): void {
    const row = this.#held().find((one) => seqOf(one, 'to') >= seq);
    if (row === undefined) return this.toBottom();
    const { top } = this.#scroller.getBoundingClientRect();
    this.#scroller.scrollTop += row.getBoundingClientRect().top - top - below;
    this.#moved();
    this.#take();
  }

  isNudged(now: number): boolean {
    return now - this.#nudgedAt < NUDGE_MS;
  }

  /** Things may have moved: puts the row back where it was. */
  hold(): void {
    if (this.#scroller.scrollTop !== this.#found) this.#moved();
    if (this.#row?.isConnected !== true) return this.#take();
    const place = this.#placeOf(this.#row);
    const drift = place - this.#place;
    if (Math.abs(drift) < (this.#isKept ? 1 : 0.01)) return;
    this.#wanted += drift;
    this.#scroller.scrollTop = this.#wanted;
    this.#found = this.#scroller.scrollTop;
    if (!this.#isKept) this.#place = place;
  }

  /** Rows were drawn. Most browsers hold on by themselves where they are scrolled, and see to it after this. */
  holdDrawn(): void {
    if (!this.#isKept || this.#found === 0) this.hold();
  }

  /** For whoever reads along. At 0 the browser stays by itself, and to ask where it is would cost a layout. */
  follow(): void {
    if (this.#found !== 0) this.toBottom();
  }

  toBottom(): void {
    this.#scroller.scrollTop = 0;
    this.#row = undefined;
    this.#nudgedAt = Number.NEGATIVE_INFINITY;
    this.#moved();
  }

  /** Puts a row into the middle of the screen; of one that is higher than that, the beginning at the top. */
  show(row: Element): void {
    const screen = this.#scroller.getBoundingClientRect();
    const { top, height } = row.getBoundingClientRect();
    this.#scroller.scrollTop += top - screen.top - Math.max(DAY_PX, (screen.height - height) / 2);
    this.#nudgedAt = Number.NEGATIVE_INFINITY;
    this.#moved();
    this.#take();
  }

  /** The lines whose ends can be seen. */
  inView(): Span | undefined {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const rows = this.#held();
    const from = rows[firstBelow(rows, top)];
    const to = rows[firstBelow(rows, bottom + 1) - 1];
    if (from === undefined || to === undefined) return undefined;
    const span = { from: seqOf(from, 'from'), to: seqOf(to, 'to') };
    return span.from <= span.to ? span : undefined;
  }

  /** The line in the middle of the screen. */
  centre(): Seq | undefined {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const rows = this.#held();
    const row = rows[firstBelow(rows, (top + bottom) / 2)] ?? rows.at(-1);
    return row && seqOf(row, 'to');
  }

  /** The message in the middle of the screen, or the last above it. */
  message(): Seq | undefined {
    const centre = this.centre() ?? 0;
    const row = this.#held().findLast((one) => one.matches('.message') && seqOf(one, 'from') <= centre);
    return row && seqOf(row, 'from');
  }

  #moved(): void {
    this.#found = this.#scroller.scrollTop;
    this.#wanted = this.#found;
  }

  /** The first row that begins on the screen: one that began above it would push all others down when it grows. */
  #take(): void {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const rows = this.#held();
    const at = firstBelow(rows, top);
    const next = rows[at + 1];
    const isCut = (rows[at]?.getBoundingClientRect().top ?? top) < top;
    this.#row = isCut && next !== undefined && next.getBoundingClientRect().top < bottom ? next : rows[at];
    if (this.#row !== undefined) this.#place = this.#placeOf(this.#row);
  }

  #placeOf(row: Element): number {
    return row.getBoundingClientRect().top + (this.#isKept ? 0 : this.#scroller.scrollTop);
  }

  /** Oldest first. Days stick, and what stands above the oldest row moves up with it: neither is anything to hold on to. */
  #held(): readonly HTMLElement[] {
    return [...this.#rows.querySelectorAll<HTMLElement>('.message, .notice')];
  }
}

/** The index of the first row that ends below `y`, or how many there are. */
function firstBelow(rows: readonly Element[], y: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

function seqOf({ dataset }: HTMLElement, end: 'from' | 'to'): Seq {
  return Number(dataset[end]);
}
