import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';

/**
 * On a phone "back" closes what lies on top and does not leave the page. While anything is open the history has one entry
 * more, for the gesture to take away; however many layers there are, and whatever closes them, there is never a second.
 */
export class BackGesture {
  readonly #window: Window;
  /** What closes each open layer, the lowest first. */
  readonly #layers: (() => void)[] = [];
  /** leaving: it is on its way out, and the browser has not said so yet. */
  #entry: 'none' | 'there' | 'leaving' = 'none';

  constructor(window: Window) {
    this.#window = window;
    window.addEventListener('popstate', () => this.#wentBack());
  }

  /** Something was opened. What comes back is to be called when it is closed. */
  opened(close: () => void): () => void {
    this.#layers.push(close);
    this.#settleSoon();
    return () => {
      const index = this.#layers.indexOf(close);
      if (index >= 0) this.#layers.splice(index, 1);
      this.#settleSoon();
    };
  }

  /** Another page takes the place of the entry, if it is there: then nothing is to be taken away when all is closed. */
  takeEntry(): boolean {
    if (this.#entry !== 'there') return false;
    this.#entry = 'none';
    return true;
  }

  // A menu that closes because a dialog opens in its place changes nothing.
  #settleSoon(): void {
    this.#window.setTimeout(() => this.#settle(), 0);
  }

  #settle(): void {
    const { history } = this.#window;
    const isNeeded = this.#layers.length > 0;
    if (isNeeded && this.#entry === 'none') {
      history.pushState(history.state, '');
      this.#entry = 'there';
    } else if (!isNeeded && this.#entry === 'there') {
      this.#entry = 'leaving';
      history.back();
    }
  }

  #wentBack(): void {
    const before = this.#entry;
    this.#entry = 'none';
    if (before === 'there') this.#layers.at(-1)?.();
    this.#settleSoon();
  }
}

/** Without one, back is what it always was: with a mouse and a keyboard nobody closes anything that way. */
export const BackGestureContext = createContext<BackGesture | undefined>(undefined);

/** While `isOpen`, the back gesture calls `close`. */
export function useBackGesture(isOpen: boolean, close: () => void): void {
  const gesture = useContext(BackGestureContext);
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => (isOpen ? gesture?.opened(() => latest.current()) : undefined), [gesture, isOpen]);
}
