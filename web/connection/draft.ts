import type { Address } from '../../protocol/ids.ts';
import type { Cancel, Clock } from './clock.ts';
import type { Owner } from './outbox-item.ts';

/** What is needed of localStorage. Any call may throw: private mode, no space. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A pause in typing; a crash costs at most what was typed since. */
const SAVE_AFTER_MS = 300;

/** What one member has typed in one room and not sent. It outlives the page where there is something to keep it in. */
export class Draft {
  readonly #storage: TextStorage;
  readonly #clock: Clock;
  readonly #key: string;
  #unsaved: string | undefined;
  #timer: Cancel | undefined;

  /** `kind` is part of the key: what one member keeps in one room besides a message. */
  constructor(storage: TextStorage, clock: Clock, { room, member }: Owner, kind: 'draft' | 'edit' | 'reply' = 'draft') {
    this.#storage = storage;
    this.#clock = clock;
    this.#key = `snug ${kind} ${JSON.stringify([room, member])}`;
  }

  get text(): string {
    return this.#unsaved ?? this.#saved();
  }

  /** To be called on every change: it is saved after a pause, or by save(). */
  write(text: string): void {
    this.#unsaved = text;
    this.#timer?.();
    this.#timer = this.#clock.after(SAVE_AFTER_MS, () => this.save());
  }

  /** At once: on pagehide, when nothing runs afterwards, and when the text has gone to the outbox. */
  save(): void {
    this.#timer?.();
    this.#timer = undefined;
    const text = this.#unsaved;
    if (text === undefined) return;
    try {
      if (text === '') this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, text);
      this.#unsaved = undefined;
    } catch {
      // There is nowhere to keep it: it stays here as long as the page does.
    }
  }

  /** Another tab has changed what is kept under `key`: what is there now counts. False: that is not this draft. */
  keptElsewhere(key: string | null): boolean {
    // No key: everything was taken away at once.
    if (key !== null && key !== this.#key) return false;
    this.#timer?.();
    this.#timer = undefined;
    this.#unsaved = undefined;
    return true;
  }

  #saved(): string {
    try {
      return this.#storage.getItem(this.#key) ?? '';
    } catch {
      return '';
    }
  }
}

/** In which of these rooms something was typed and not sent. */
export function draftsOf(storage: TextStorage, clock: Clock, owners: readonly Owner[]): ReadonlySet<Address> {
  return new Set(owners.filter((owner) => new Draft(storage, clock, owner).text !== '').map(({ room }) => room));
}
