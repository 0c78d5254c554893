import { type Illness, illnessLeftBy } from './illness.ts';

/** Whoever asks for the health learns within a second that a disk is well again. */
const LEAST_PAUSE_MS = 250;
/** A try looks at the whole database: what there is to read waits for that at most a tenth of the time. */
const PAUSE_PER_TRY = 10;

export interface RecoveryParts {
  /** Throws while it is as ill as before, or otherwise. */
  readonly attempt: (illness: Illness) => void;
  /** Undefined: it is well again. Told once for each change. */
  readonly changed: (illness: Illness | undefined) => void;
}

/** Tries again by itself until it is well. */
export class Recovery {
  readonly #parts: RecoveryParts;
  #illness: Illness | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  fell(illness: Illness): void {
    this.#say(illness);
    this.#tryIn(LEAST_PAUSE_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #tryIn(ms: number): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => this.#try(), ms);
  }

  #try(): void {
    this.#timer = undefined;
    if (!this.#illness) return;
    const started = performance.now();
    try {
      this.#parts.attempt(this.#illness);
      this.#say(undefined);
    } catch (error) {
      this.#say(illnessLeftBy(error));
      this.#tryIn(Math.max(LEAST_PAUSE_MS, (performance.now() - started) * PAUSE_PER_TRY));
    }
  }

  #say(illness: Illness | undefined): void {
    const before = this.#illness;
    this.#illness = illness;
    if (before?.kind !== illness?.kind || before?.message !== illness?.message) this.#parts.changed(illness);
  }
}
