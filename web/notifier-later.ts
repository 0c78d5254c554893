import type { Entry } from '../protocol/entries.ts';
import type { Address } from '../protocol/ids.ts';
import type { Signal } from '../protocol/signals.ts';
import type { Notifier } from './notifier.ts';

/** Gives it once its code is here. */
export type LoadNotifier = () => Promise<Notifier>;

/** More than comes while a file is loaded. Where none can be, it is better to call late for what is newest than to keep it all. */
const MOST_MISSED = 100;

/**
 * Point 25: the notifier, whose code comes after the first join. It is told of what came meanwhile in the order in which it came,
 * with what was looked at between, so it calls as if it had been there. Where it could not be loaded, the next message asks again.
 */
export class NotifierLater {
  readonly #load: LoadNotifier;
  #notifier: Notifier | undefined;
  #missed: ((notifier: Notifier) => void)[] = [];
  #attended: Address | undefined;
  #isBegun = false;
  #isLoading = false;

  constructor(load: LoadNotifier) {
    this.#load = load;
  }

  /** The room has been joined; later calls do nothing. */
  begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    void this.#come();
  }

  received(entry: Entry): void {
    this.#tell((notifier) => notifier.received(entry));
    void this.#come();
  }

  heard(signal: Signal): void {
    this.#tell((notifier) => notifier.heard(signal));
    void this.#come();
  }

  attend(room: Address | undefined): void {
    if (room === this.#attended) return;
    this.#attended = room;
    this.#tell((notifier) => notifier.attend(room));
  }

  #tell(what: (notifier: Notifier) => void): void {
    if (this.#notifier) return what(this.#notifier);
    const attended = this.#attended;
    if (this.#missed.length === MOST_MISSED) this.#missed = [(notifier) => notifier.attend(attended)];
    this.#missed.push(what);
  }

  async #come(): Promise<void> {
    if (this.#notifier || this.#isLoading) return;
    this.#isLoading = true;
    const notifier = await this.#load().catch(() => undefined);
    this.#isLoading = false;
    if (notifier === undefined) return;
    this.#notifier = notifier;
    for (const what of this.#missed.splice(0)) what(notifier);
  }
}
