import type { VNode } from 'preact';
import type { Seq } from '../../protocol/ids.ts';
import { Icon } from './icon.tsx';

/** Where one was before one was led elsewhere: at a message, or reading along. */
export type Origin = Seq | 'now';

/** Nobody goes back further. */
const MOST_ORIGINS = 20;

/** The places one was led away from, the last one first to be led back to. */
export class WayBack {
  #origins: readonly Origin[] = [];
  #to: Seq | undefined;

  get last(): Origin | undefined {
    return this.#origins.at(-1);
  }

  /** One is led from `origin` to `seq`. Who is on the way back does not want to be led there again. */
  led(origin: Origin, seq: Seq): void {
    const isBack = seq === this.#to;
    this.#to = undefined;
    if (!isBack) this.#origins = [...this.#origins, origin].slice(-MOST_ORIGINS);
  }

  /** Where to, and from now on the place before that is the last. */
  take(): Origin | undefined {
    const origin = this.last;
    this.#origins = this.#origins.slice(0, -1);
    this.#to = origin === 'now' ? undefined : origin;
    return origin;
  }

  /** One reads along: there is nowhere to go back to. */
  forget(): void {
    this.#origins = [];
    this.#to = undefined;
  }
}

export function BackChip({ origin, go }: { origin: Origin; go: () => void }): VNode {
  return (
    <button type="button" class="pill back" onClick={go}>
      <Icon name={origin === 'now' ? 'down' : 'back'} />
      {origin === 'now' ? 'Back to now' : 'Back to where you were'}
    </button>
  );
}
