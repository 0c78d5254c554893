/**
 * R5: what one connection asks to write reaches the log in the order it asked, also when an earlier request has to look
 * something up first.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * When everything asked for before has been handed over: prepares, then hands over. `hand` gives to the log before it
   * waits for anything; its answer holds up nobody. Rejects as either does.
   */
  take<Ready, Reply>(
    prepare: () => Ready | Promise<Ready>,
    hand: (ready: Ready) => Reply | Promise<Reply>,
  ): Promise<Reply> {
    // The answer travels in an object: a promise in a promise would be waited for.
    const handed = this.#last.then(prepare).then((ready) => ({ reply: hand(ready) }));
    this.#last = handed.catch(() => undefined);
    return handed.then(({ reply }) => reply);
  }
}
