import type { Clock } from '../server/clock.ts';
import type { World } from './world.ts';

/** One process: a server's node or a browser's page. It can be killed at any moment, and frozen for a while. */
export class Host {
  readonly world: World;
  readonly clock: Clock;
  #isAlive = true;
  #isFrozen = false;
  #wellSince: number;
  /** How far its clock is off, in ms. */
  #clockError = 0;
  /** What happened to it while it was frozen, in order. */
  readonly #backlog: (() => void)[] = [];

  constructor(world: World) {
    this.world = world;
    this.#wellSince = world.now();
    this.clock = {
      now: () => world.now() + this.#clockError,
      after: (ms, run) => {
        let isOff = false;
        const cancel = world.after(ms, () => this.run(() => void (isOff || run())));
        return () => {
          // It may be due already, and wait for this process to wake.
          isOff = true;
          cancel();
        };
      },
    };
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Since when it has run; never while it does not. */
  get wellSince(): number {
    return this.#isAlive && !this.#isFrozen ? this.#wellSince : Infinity;
  }

  /** kill -9: nothing of it ever runs again. */
  kill(): void {
    this.#isAlive = false;
    this.#backlog.length = 0;
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  wake(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#wellSince = this.world.now();
    this.#catchUp();
  }

  /** One by one, in order: what happens meanwhile stands behind. */
  #catchUp(): void {
    this.world.after(0, () => {
      if (this.#isFrozen) return;
      this.#backlog.shift()?.();
      if (this.#backlog.length > 0) this.#catchUp();
    });
  }

  jumpClock(ms: number): void {
    this.#clockError += ms;
  }

  /** As this process: at once, after it wakes, or never. */
  run(act: () => void): void {
    if (!this.#isAlive) return;
    if (this.#isFrozen || this.#backlog.length > 0) this.#backlog.push(act);
    else act();
  }

  /** Something elsewhere, `there` ms away; the answer takes `back` ms, and finds this process or does not. */
  ask<Answer>(there: number, act: () => Promise<Answer>, back: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.world.after(there, () => {
        act().then(
          (answer) => this.world.after(back, () => this.run(() => resolve(answer))),
          (error: Error) => this.world.after(back, () => this.run(() => reject(error))),
        );
      });
    });
  }
}
