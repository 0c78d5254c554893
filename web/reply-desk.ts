import type { Target } from '../protocol/fields.ts';
import type { ClientId } from '../protocol/ids.ts';
import type { Draft } from './connection/draft.ts';
import type { Along } from './connection/outbox-item.ts';

/** Which message the next one answers. It outlives the page, as what is typed does. */
export class ReplyDesk {
  readonly #kept: Draft;
  readonly #changed: () => void;
  #target: Target | undefined;

  constructor(kept: Draft, changed: () => void) {
    this.#kept = kept;
    this.#changed = changed;
    this.#target = parse(kept.text);
  }

  get target(): Target | undefined {
    return this.#target;
  }

  /** undefined: nothing is answered any more. */
  answer(target: Target | undefined): void {
    if (target === this.#target) return;
    this.#target = target;
    this.#kept.write(target === undefined ? '' : JSON.stringify(target));
    this.#kept.save();
    this.#changed();
  }

  /** What is being sent answers it, and the next does not. */
  take(): Pick<Along, 'replyTo'> {
    const target = this.#target;
    this.answer(undefined);
    return target === undefined ? {} : { replyTo: target };
  }
}

// Another version of this page may have written anything.
function parse(kept: string): Target | undefined {
  if (/^[1-9]\d{0,14}$/u.test(kept)) return Number(kept);
  const [, id] = /^"([0-9a-f-]{36})"$/u.exec(kept) ?? [];
  return id as ClientId | undefined;
}
