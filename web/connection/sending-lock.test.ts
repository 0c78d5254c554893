import { describe, expect, it } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { HandClock, settle } from './hand-clock.ts';
import { HandLocks, HandTabLife } from './hand-locks.ts';
import type { Owner } from './outbox-item.ts';
import { isSentFor, type LockWord, SendingLock } from './sending-lock.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const lin: Owner = { ...ada, member: 'm-lin' as MemberId };

/** One browser. */
class Tabs {
  readonly clock = new HandClock();
  readonly locks = new HandLocks();
  readonly all: Tab[] = [];
  readonly words: LockWord[] = [];

  /** A tab that somebody looks at, unless `isSeen` is false. */
  async open(owner: Owner = ada, isSeen = true): Promise<Tab> {
    const tab = new Tab(this, owner);
    this.all.push(tab);
    tab.lock.open(isSeen);
    await settle();
    return tab;
  }

  get senders(): number[] {
    return this.all.flatMap(({ isSender }, at) => (isSender ? [at] : []));
  }
}

class Tab {
  readonly life = new HandTabLife();
  readonly lock: SendingLock;
  isSender = false;
  /** What it has under way. */
  underWay: Promise<void> = Promise.resolve();

  constructor(tabs: Tabs, owner: Owner) {
    const others = () => tabs.all.filter((tab) => tab !== this);
    this.lock = new SendingLock({
      locks: tabs.locks.of(this.life),
      owner,
      clock: tabs.clock,
      setSender: async (isSender) => {
        this.isSender = isSender;
        if (!isSender) await this.underWay;
      },
      say: (word) => {
        tabs.words.push(word);
        for (const { life, lock } of others()) life.run(() => lock.heard(word));
      },
    });
  }

  async hide(): Promise<void> {
    this.lock.hidden();
    await settle();
  }

  async show(): Promise<void> {
    this.lock.seen();
    await settle();
  }

  async wake(): Promise<void> {
    this.life.wake();
    await settle();
  }
}

describe('the sending lock', () => {
  it('S6: one tab of a member sends, and when it closes the next one does', async () => {
    const tabs = new Tabs();
    const [first, second] = [await tabs.open(), await tabs.open(), await tabs.open()];
    expect(tabs.senders).toEqual([0]);
    second.lock.close();
    first.lock.close();
    await settle();
    expect(tabs.senders).toEqual([2]);
  });

  it('S6: tabs that are different members do not wait for each other', async () => {
    const tabs = new Tabs();
    await tabs.open(ada);
    await tabs.open(lin);
    expect(tabs.senders).toEqual([0, 1]);
  });

  it('S6: a tab that is hidden gives way to one that waits, and goes on when there is none', async () => {
    const tabs = new Tabs();
    const [first, second] = [await tabs.open(), await tabs.open()];
    await first.hide();
    expect(tabs.senders).toEqual([1]);
    first.lock.close();
    await second.hide();
    expect(tabs.senders).toEqual([1]);
  });

  it('S6: a tab that was hidden before the other one was opened gives way all the same', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    await first.hide();
    expect(tabs.senders).toEqual([0]);
    await tabs.open();
    expect(tabs.senders).toEqual([1]);
  });

  it('S6: a tab that is looked at again gets it from one that is hidden by now', async () => {
    const tabs = new Tabs();
    const [first, second] = [await tabs.open(), await tabs.open()];
    await second.hide();
    await first.hide();
    expect(tabs.senders).toEqual([1]);
    await first.show();
    expect(tabs.senders).toEqual([0]);
  });

  it('S6: of two tabs that are looked at the first goes on, however long the other waits', async () => {
    const tabs = new Tabs();
    await tabs.open();
    await tabs.open();
    await tabs.clock.advance(60_000);
    expect(tabs.senders).toEqual([0]);
  });

  it('S6: tabs that are all hidden do not hand it to each other', async () => {
    const tabs = new Tabs();
    const [first] = [await tabs.open(), await tabs.open(ada, false), await tabs.open(ada, false)];
    await first.hide();
    const said = tabs.words.length;
    await tabs.clock.advance(60_000);
    expect(tabs.words).toHaveLength(said);
    expect(tabs.senders).toEqual([1]);
  });

  it('S6: a hidden tab whose turn it is before one that is looked at passes it on', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    await tabs.open(ada, false);
    await tabs.open();
    first.lock.close();
    await settle();
    expect(tabs.senders).toEqual([2]);
  });

  it('S2: what a tab has under way is answered before it gives way', async () => {
    const tabs = new Tabs();
    const [first] = [await tabs.open(), await tabs.open()];
    let answer = () => {};
    first.underWay = new Promise((resolve) => (answer = resolve));
    await first.hide();
    expect(tabs.senders).toEqual([]);
    answer();
    await settle();
    expect(tabs.senders).toEqual([1]);
  });
});

describe('a tab that was suspended with the lock', () => {
  it('S6: loses it to one that is looked at, notices when it wakes, and gets it back when it is looked at', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    await first.hide();
    first.life.suspend();
    const second = await tabs.open();
    await tabs.clock.advance(2_999);
    expect(second.isSender).toBe(false);
    await tabs.clock.advance(1);
    expect(second.isSender).toBe(true);
    await first.wake();
    expect(tabs.senders).toEqual([1]);
    await second.hide();
    await first.show();
    expect(tabs.senders).toEqual([0]);
  });

  it('S6: before it could give way loses it as well', async () => {
    const tabs = new Tabs();
    const [first] = [await tabs.open(), await tabs.open()];
    await tabs.clock.advance(60_000);
    first.underWay = new Promise(() => {});
    await first.hide();
    first.life.suspend();
    await tabs.clock.advance(3_000);
    expect(tabs.senders).toEqual([1]);
    await first.wake();
    expect(tabs.senders).toEqual([1]);
  });

  it('S6: knows that it has lost it before an answer to a later question is here', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    await first.hide();
    first.life.suspend();
    await tabs.open();
    await tabs.clock.advance(3_000);
    const confirmed = first.lock.confirmed().then(() => first.isSender);
    first.life.wake();
    expect(await confirmed).toBe(false);
  });

  it('S6: is robbed by one of two that wait', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    await first.hide();
    first.life.suspend();
    await tabs.open();
    await tabs.open();
    await tabs.clock.advance(60_000);
    await first.wake();
    expect(tabs.senders).toHaveLength(1);
    expect(first.isSender).toBe(false);
  });
});

describe('where there are no locks', () => {
  it('one can ask whether some tab sends for a member, or waits to', async () => {
    const tabs = new Tabs();
    const tab = await tabs.open();
    const locks = tabs.locks.of(new HandTabLife());
    expect([await isSentFor(locks, ada), await isSentFor(locks, lin)]).toEqual([true, false]);
    tab.lock.close();
    await settle();
    expect(await isSentFor(locks, ada)).toBe(false);
    expect(await isSentFor(undefined, ada)).toBe(false);
  });

  it.each([
    ['without Web Locks', undefined],
    [
      'where the page may not have any',
      { request: () => Promise.reject(new DOMException('', 'SecurityError')), query: async () => ({}) },
    ],
  ])('%s every tab sends', async (_where, locks) => {
    let isSender = false;
    const lock = new SendingLock({
      locks,
      owner: ada,
      clock: new HandClock(),
      setSender: async (given) => void (isSender = given),
      say: () => {},
    });
    lock.open(true);
    await settle();
    await lock.confirmed();
    expect(isSender).toBe(true);
  });
});
