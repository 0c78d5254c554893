// Web Locks as the standard says, as far as exclusive locks go, for tabs that can be suspended: Node 20 has none.
import type { Locks } from './sending-lock.ts';

interface Request {
  readonly grant: () => void;
  readonly rob: () => void;
}

/** What happens to a tab, in the order in which it does; to one that is suspended, when it wakes. */
export class HandTabLife {
  #isSuspended = false;
  #backlog: (() => void)[] = [];

  suspend(): void {
    this.#isSuspended = true;
  }

  wake(): void {
    this.#isSuspended = false;
    for (const act of this.#backlog.splice(0)) act();
  }

  run(act: () => void): void {
    if (this.#isSuspended) this.#backlog.push(act);
    else act();
  }
}

export class HandLocks {
  /** Of each name, who has it, and who waits for it. */
  readonly #queues = new Map<string, Request[]>();

  /** The locks as this tab sees them. */
  of(life: HandTabLife): Locks {
    return {
      request: (name, options, granted) => this.#request(life, name, options, granted),
      query: () => new Promise((resolve) => life.run(() => resolve(this.#snapshot()))),
    };
  }

  #request(
    life: HandTabLife,
    name: string,
    options: Parameters<Locks['request']>[1],
    granted: () => Promise<void>,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      const leave = () => {
        const at = queue.indexOf(request);
        if (at === -1) return;
        queue.splice(at, 1);
        if (at === 0) queue[0]?.grant();
      };
      const request: Request = {
        grant: () =>
          life.run(() => {
            void granted().then(() => {
              leave();
              resolve();
            });
          }),
        rob: () => life.run(() => reject(new DOMException('stolen', 'AbortError'))),
      };
      if ('steal' in options) {
        queue.shift()?.rob();
        queue.unshift(request);
      } else {
        queue.push(request);
        options.signal.addEventListener('abort', () => {
          if (queue[0] === request) return;
          leave();
          reject(new DOMException('aborted', 'AbortError'));
        });
      }
      if (queue[0] === request) void Promise.resolve().then(() => request.grant());
    });
  }

  #snapshot() {
    const names = (of: (queue: readonly Request[]) => number) =>
      [...this.#queues].flatMap(([name, queue]) => Array.from({ length: of(queue) }, () => ({ name })));
    return {
      held: names(({ length }) => Math.min(1, length)),
      pending: names(({ length }) => Math.max(0, length - 1)),
    };
  }
}
