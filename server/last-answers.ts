import type { Server } from 'node:http';

/** Counts the requests whose answer has not left. Who has not asked to the end of its headers is not counted. */
export class LastAnswers {
  #open = 0;
  #none = (): void => undefined;

  constructor(server: Server) {
    server.on('request', (_, response) => {
      this.#open += 1;
      response.once('close', () => {
        this.#open -= 1;
        if (this.#open === 0) this.#none();
      });
    });
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
