import type { Server, ServerResponse } from 'node:http';
import { attempt, type Failed } from './surprises.ts';

/** Counts the requests whose answer has not left. Who has not asked to the end of its headers is not counted. */
export class LastAnswers {
  #open = 0;
  #none = (): void => undefined;

  /** What is thrown here is told: the request that it befell is answered all the same. */
  constructor(server: Server, failed: Failed) {
    server.on('request', (_, response) => attempt(() => this.#asked(response, failed), undefined, failed));
  }

  #asked(response: ServerResponse, failed: Failed): void {
    this.#open += 1;
    response.once('close', () => attempt(() => this.#left(), undefined, failed));
  }

  #left(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#none();
  }

  /** Resolves when none is open, after `ms` at the latest. Ask once. */
  async given(ms: number): Promise<void> {
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#none = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
