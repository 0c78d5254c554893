// The rows of messages are one stop of the Tab key together. Arrows go from row to row; what a row holds can be reached by
// Tab from that row alone.

/** Code stays a stop of its own: what can be scrolled must be reached by the keyboard, from everywhere. */
const INNER = 'a[href], button, [role="button"]';

const INPUTS = ['keydown', 'pointerdown'] as const;

/** A row that is not the stop keeps what it holds away from the Tab key. To be called whenever a row was drawn. */
export function quietRow(row: HTMLElement): void {
  setInner(row, row.tabIndex);
}

/** Which row is the stop, and where the focus goes from it. */
export class RowFocus {
  readonly #block: HTMLElement;
  readonly #scroller: HTMLElement;
  #stop: HTMLElement | undefined;
  /** It has had the focus, and stays the stop for as long as it can be seen. */
  #isChosen = false;
  /** Of whatever was done last on the page, and when the focus came to a row. */
  #isKeyLast = false;
  #isByKey = false;

  constructor(scroller: HTMLElement, block: HTMLElement) {
    this.#scroller = scroller;
    this.#block = block;
    for (const kind of INPUTS) document.addEventListener(kind, this.#noted, true);
  }

  stop(): void {
    for (const kind of INPUTS) document.removeEventListener(kind, this.#noted, true);
  }

  /** A row has got the focus by a key. By a click it means nothing: whoever types then does not mean this message. */
  get isByKey(): boolean {
    return this.#isByKey;
  }

  /** The focus has come to a row, or into it. */
  came(): void {
    this.#isByKey = this.#isKeyLast;
    this.settle();
  }

  readonly #noted = ({ type }: Event): void => {
    this.#isKeyLast = type === 'keydown';
  };

  /** The stop is the row with the focus, else where one reads: what has been scrolled away is not where the Tab key leads. */
  settle(): void {
    const focused = document.activeElement?.closest('article');
    if (focused && this.#block.contains(focused)) {
      this.#become(focused);
      this.#isChosen = true;
    } else if (!this.#isChosen || this.#stop?.isConnected !== true || !this.#isSeen(this.#stop)) {
      this.#become(this.#rows().findLast((row) => this.#isSeen(row)));
      this.#isChosen = false;
    }
  }

  /** What had the focus is no more: another row that can be seen has it. False: there is none. */
  recover(): boolean {
    this.#become(undefined);
    this.settle();
    this.#stop?.focus({ preventScroll: true });
    return this.#stop !== undefined;
  }

  /** True: the key has moved the focus. What is longer than the screen is scrolled first. */
  moved(key: string): boolean {
    const rows = this.#rows();
    const focused = document.activeElement;
    const at = rows.findIndex((row) => row.contains(focused));
    const row = rows[at];
    // Code is scrolled by the same keys.
    if (row === undefined || focused?.tagName === 'PRE' || this.#isToScroll(row, key)) return false;
    const next = nextRow(rows, at, key);
    next?.focus();
    return next !== undefined;
  }

  #isToScroll(row: HTMLElement, key: string): boolean {
    const [box, view] = [row.getBoundingClientRect(), this.#scroller.getBoundingClientRect()];
    return key === 'ArrowDown' ? box.bottom > view.bottom + 1 : key === 'ArrowUp' && box.top < view.top - 1;
  }

  #become(stop: HTMLElement | undefined): void {
    if (stop === this.#stop) return;
    if (this.#stop !== undefined) setStop(this.#stop, -1);
    if (stop !== undefined) setStop(stop, 0);
    // Without a row to go to, the scroller takes the focus itself, or no key would move it.
    this.#scroller.tabIndex = stop === undefined ? 0 : -1;
    this.#stop = stop;
  }

  #isSeen(row: HTMLElement): boolean {
    const [box, view] = [row.getBoundingClientRect(), this.#scroller.getBoundingClientRect()];
    return box.bottom > view.top && box.top < view.bottom;
  }

  #rows(): readonly HTMLElement[] {
    return [...this.#block.querySelectorAll<HTMLElement>('article')];
  }
}

function nextRow(rows: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1];
    case 'ArrowUp':
      return rows[at - 1];
    case 'Home':
      return rows[0];
    case 'End':
      return rows.at(-1);
    default:
      return undefined;
  }
}

function setStop(row: HTMLElement, tabIndex: number): void {
  row.tabIndex = tabIndex;
  setInner(row, tabIndex);
}

function setInner(row: HTMLElement, tabIndex: number): void {
  for (const inner of row.querySelectorAll<HTMLElement>(INNER)) {
    if (inner.closest('[role="toolbar"]') === null) inner.tabIndex = tabIndex;
  }
}
