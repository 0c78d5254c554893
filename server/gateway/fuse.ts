import type { Failed } from '../surprises.ts';
import { type EngineSocket, hangUp } from './hang-up.ts';

/**
 * For everything that listens to a connection. What it throws would go through Engine.IO, and end the process with everybody
 * in it: it is told, and this connection alone ends. Whoever it was comes back, and asks again (S7).
 */
export class Fuse {
  readonly #conn: EngineSocket;
  readonly #failed: Failed;

  constructor(conn: EngineSocket, failed: Failed) {
    this.#conn = conn;
    this.#failed = failed;
  }

  /** The listener, as it is to be given to whatever calls it. */
  over<Args extends unknown[]>(listen: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      try {
        listen(...args);
      } catch (error) {
        this.blow(error);
      }
    };
  }

  /** Engine.IO is amid something, and goes on as if it were connected: it ends when that is done. */
  blow(error: unknown): void {
    this.#failed(error);
    queueMicrotask(() => this.#hangUp());
  }

  #hangUp(): void {
    try {
      hangUp(this.#conn);
    } catch (again) {
      this.#failed(again);
      this.#conn.close(true);
    }
  }
}
