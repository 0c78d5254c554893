import { describe, expect, it } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { settle } from './hand-clock.ts';
import type { Owner } from './outbox-item.ts';
import { isSentFor, type Locks, SendingLock } from './sending-lock.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const lin: Owner = { ...ada, member: 'm-lin' as MemberId };

/** Web Locks as the standard says, as far as exclusive locks with a signal go: Node 20 has none. */
class HandLocks implements Locks {
  readonly #queues = new Map<string, (() => Promise<void>)[]>();

  request(name: string, { signal }: { signal: AbortSignal }, granted: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = async () => {
        signal.removeEventListener('abort', abort);
        await granted();
        resolve();
        this.#next(name);
      };
      const queue = this.#queues.get(name) ?? [];
      const abort = () => {
        queue.splice(queue.indexOf(turn), 1);
        reject(new DOMException('aborted', 'AbortError'));
      };
      signal.addEventListener('abort', abort);
      queue.push(turn);
      this.#queues.set(name, queue);
      if (queue.length === 1) void Promise.resolve().then(turn);
    });
  }

  async query() {
    return { held: [...this.#queues].filter(([, queue]) => queue.length > 0).map(([name]) => ({ name })) };
  }

  #next(name: string): void {
    const queue = this.#queues.get(name) ?? [];
    queue.shift();
    void queue[0]?.();
  }
}

function openTabs(owners: readonly Owner[]) {
  const locks = new HandLocks();
  const sends = owners.map(() => false);
  const tabs = owners.map((owner, i) => new SendingLock(locks, owner, (isSender) => (sends[i] = isSender)));
  for (const tab of tabs) tab.open();
  return { locks, tabs, sends };
}

describe('the sending lock', () => {
  it('S6: one tab of a member sends, and when it closes the next one does', async () => {
    const { tabs, sends } = openTabs([ada, ada, ada]);
    await settle();
    expect(sends).toEqual([true, false, false]);
    tabs[1]?.close();
    tabs[0]?.close();
    await settle();
    expect(sends).toEqual([false, false, true]);
  });

  it('S6: tabs that are different members do not wait for each other', async () => {
    const { sends } = openTabs([ada, lin]);
    await settle();
    expect(sends).toEqual([true, true]);
  });

  it('S6: a hidden tab gives way to one that waits, and goes on when there is none', async () => {
    const { tabs, sends } = openTabs([ada, ada]);
    await settle();
    tabs[0]?.giveWay();
    await settle();
    expect(sends).toEqual([false, true]);
    tabs[0]?.close();
    tabs[1]?.giveWay();
    await settle();
    expect(sends).toEqual([false, true]);
  });

  it('one can ask whether some tab sends for a member', async () => {
    const { locks, tabs } = openTabs([ada]);
    await settle();
    expect([await isSentFor(locks, ada), await isSentFor(locks, lin)]).toEqual([true, false]);
    tabs[0]?.close();
    await settle();
    expect(await isSentFor(locks, ada)).toBe(false);
    expect(await isSentFor(undefined, ada)).toBe(false);
  });

  it('without Web Locks every tab sends', () => {
    let isSender = false;
    new SendingLock(undefined, ada, (given) => (isSender = given)).open();
    expect(isSender).toBe(true);
  });
});
