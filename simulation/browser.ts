// One browser: a cookie, a disk, and locks, which its pages have in common.
import type { ClientId } from '../protocol/ids.ts';
import type { Owner } from '../web/connection/outbox-item.ts';
import type { Page } from './page.ts';
import { Disk } from './sim-storage.ts';
import type { World } from './world.ts';

/** A message between two pages, and a lock that is handed on, take a moment. */
const BETWEEN_PAGES_MS = 3;

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
  /** Who sends for a member, and who would next. */
  readonly #locks = new Map<string, { page: Page; granted: () => void }[]>();

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
  }

  /** In how many ms the disk has done what takes it `ms`: it does one thing after another, for all pages. */
  diskTime(ms: number): number {
    this.#diskBusyUntil = Math.max(this.#diskBusyUntil, this.#world.now() + ms);
    return this.#diskBusyUntil - this.#world.now();
  }

  lock(owner: Owner, page: Page, granted: () => void): void {
    const queue = this.#locks.get(keyOf(owner)) ?? [];
    this.#locks.set(keyOf(owner), queue);
    queue.push({ page, granted });
    if (queue.length === 1) page.host.run(granted);
  }

  /** The page is gone, and its locks with it. */
  release(page: Page): void {
    for (const [key, queue] of this.#locks) {
      const wasFirst = queue[0]?.page === page;
      const left = queue.filter((waiting) => waiting.page !== page);
      if (left.length === 0) this.#locks.delete(key);
      else this.#locks.set(key, left);
      const next = left[0];
      if (wasFirst && next) this.#world.after(BETWEEN_PAGES_MS, () => next.page.host.run(next.granted));
    }
  }

  isSentFor(owner: Owner): boolean {
    return this.#locks.has(keyOf(owner));
  }

  /** To the other pages of the same member. */
  tellOthers(page: Page, tell: (other: Page) => void): void {
    for (const other of this.pages) {
      if (other === page || other.owner?.member !== page.owner?.member) continue;
      this.#world.after(BETWEEN_PAGES_MS, () => other.host.run(() => tell(other)));
    }
  }
}

function keyOf({ room, member }: Owner): string {
  return `${room} ${member}`;
}
