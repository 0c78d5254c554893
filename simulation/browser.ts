// One browser: a cookie, a disk, and locks, which its pages have in common.
import type { ClientId } from '../protocol/ids.ts';
import type { Locks } from '../web/connection/sending-lock.ts';
import type { Page } from './page.ts';
import { Disk } from './sim-storage.ts';
import type { World } from './world.ts';

/** A message between two pages, and a lock that is handed on, take a moment. */
const BETWEEN_PAGES_MS = 3;

/** Of a page: it waits for a lock, or is the first and has it. */
interface LockRequest {
  readonly page: Page;
  readonly grant: () => void;
  readonly rob: () => void;
}

export class Browser {
  readonly name: string;
  readonly disk = new Disk();
  /** Items that somebody has taken back, or has given up. */
  readonly withdrawn = new Set<ClientId>();
  /** Of its session: the cookie. */
  token: string | undefined;
  readonly pages = new Set<Page>();
  readonly #world: World;
  #diskBusyUntil = 0;
  readonly #locks = new Map<string, LockRequest[]>();
  /** When a lock was last taken away from a page, in ms since 1970. */
  readonly #robbedAt = new WeakMap<Page, number>();
  /** When the last that a page was told of locks reaches it: in the order in which it happened. */
  readonly #toldUntil = new WeakMap<Page, number>();

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
  }

  /** In how many ms the disk has done what takes it `ms`: it does one thing after another, for all pages. */
  diskTime(ms: number): number {
    this.#diskBusyUntil = Math.max(this.#diskBusyUntil, this.#world.now() + ms);
    return this.#diskBusyUntil - this.#world.now();
  }

  /** As a page sees them; it waits `answersIn` ms for what it asks. */
  locksOf(page: Page, answersIn: () => number): Locks {
    return {
      request: (name, options, granted) => this.#request(page, name, options, granted),
      query: () => {
        const queues = [...this.#locks].map(([name, { length }]) => ({ name, length }));
        const held = queues.filter(({ length }) => length > 0);
        const pending = queues.filter(({ length }) => length > 1);
        return new Promise((resolve) => this.#tell(page, answersIn(), () => resolve({ held, pending })));
      },
    };
  }

  /** Who has the lock, by now: it need not know yet. */
  holder(name: string): Page | undefined {
    return this.#locks.get(name)?.[0]?.page;
  }

  /** A lock was taken away from the page at that time or later. */
  wasRobbed(page: Page, since: number): boolean {
    return (this.#robbedAt.get(page) ?? 0) >= since;
  }

  /** The page is gone, and its locks with it. */
  release(page: Page): void {
    for (const [name, queue] of this.#locks) {
      for (const request of queue.filter((one) => one.page === page)) this.#leave(name, request);
    }
  }

  /** To the other pages of the same member. */
  tellOthers(page: Page, tell: (other: Page) => void): void {
    for (const other of this.pages) {
      if (other === page || other.owner?.member !== page.owner?.member) continue;
      this.#world.after(BETWEEN_PAGES_MS, () => other.host.run(() => tell(other)));
    }
  }

  #request(
    page: Page,
    name: string,
    options: Parameters<Locks['request']>[1],
    granted: () => Promise<void>,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const grant = () =>
        void granted().then(() => {
          this.#leave(name, request);
          resolve();
        });
      const request: LockRequest = {
        page,
        grant: () => this.#tell(page, BETWEEN_PAGES_MS, grant),
        rob: () => {
          this.#robbedAt.set(page, this.#world.now());
          this.#tell(page, BETWEEN_PAGES_MS, () => reject(new Error('AbortError')));
        },
      };
      const queue = this.#locks.get(name) ?? [];
      this.#locks.set(name, queue);
      if ('steal' in options) {
        queue.shift()?.rob();
        queue.unshift(request);
      } else {
        queue.push(request);
        options.signal.addEventListener('abort', () => {
          if (queue[0] === request) return;
          this.#leave(name, request);
          reject(new Error('AbortError'));
        });
      }
      if (queue[0] === request) request.grant();
    });
  }

  #leave(name: string, request: LockRequest): void {
    const queue = this.#locks.get(name) ?? [];
    const at = queue.indexOf(request);
    if (at === -1) return;
    queue.splice(at, 1);
    if (at === 0) queue[0]?.grant();
  }

  #tell(page: Page, ms: number, act: () => void): void {
    const at = Math.max(this.#toldUntil.get(page) ?? 0, this.#world.now() + ms);
    this.#toldUntil.set(page, at);
    this.#world.after(at - this.#world.now(), () => page.host.run(act));
  }
}
