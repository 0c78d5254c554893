import type { Clock } from './connection/clock.ts';
import { Draft, type TextStorage } from './connection/draft.ts';
import type { Owner } from './connection/outbox-item.ts';
import { takeKeptText } from './edit-desk.ts';

/**
 * The draft of whoever this tab was, before it is known who it is now. What is written meanwhile has no outbox yet, and is
 * kept with it while the page is hidden.
 */
export class FormerDraft {
  readonly #draft: Draft;
  /** What was kept before keep() added to it. */
  #before: string | undefined;

  constructor(texts: TextStorage, clock: Clock, owner: Owner) {
    this.#draft = new Draft(texts, clock, owner);
  }

  keep(text: string): void {
    this.#before ??= this.#draft.text;
    this.#draft.write(joinTexts(this.#before, text.trim()));
    this.#draft.save();
  }

  /** It is all still here: the page was only hidden. */
  takeBack(): void {
    if (this.#before !== undefined) this.keep('');
    this.#before = undefined;
  }
}

/** A session has ended and another has begun in this tab: what was typed in the first is still wanted, and kept no longer. */
export function takeTyped(texts: TextStorage, clock: Clock, owner: Owner): string {
  const left = new Draft(texts, clock, owner);
  const typed = joinTexts(left.text, takeKeptText(new Draft(texts, clock, owner, 'edit')));
  left.write('');
  left.save();
  return typed;
}

export function joinTexts(one: string, other: string): string {
  return [one, other].filter((text) => text !== '').join('\n');
}
