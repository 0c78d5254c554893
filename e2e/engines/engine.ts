// Browsers that Playwright cannot drive as they are installed, driven by the protocols of the W3C that they speak themselves.

/** Values that survive JSON. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain };

export interface Tab {
  goto(url: string): Promise<void>;
  /** Runs in the page. `work` knows nothing but its arguments. Rejects with what it throws. */
  run<Args extends readonly Plain[], Result extends Plain>(
    work: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>;
  /** Into whatever has the focus, as a keyboard would. ENTER and others of WebDriver's keys are single characters. */
  type(keys: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
}

export interface Engine {
  /** One tab of a browser that knows nothing yet. */
  readonly tab: Tab;
  close(): Promise<void>;
}

/** WebDriver, section "Keyboard actions". */
export const ENTER = '\uE007';

/** What becomes of `work` on its way: text that the page makes a function of, with text in and text out. */
export function asText(work: (...args: never) => unknown): string {
  return `(async (given) => JSON.stringify((await (${work.toString()})(...JSON.parse(given))) ?? null))`;
}

/** Key actions that press and release one after the other. */
export function keyActions(keys: string): { type: 'key'; id: string; actions: { type: string; value: string }[] } {
  const actions = Array.from(new Intl.Segmenter().segment(keys), ({ segment }) => segment).flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return { type: 'key', id: 'keyboard', actions };
}
