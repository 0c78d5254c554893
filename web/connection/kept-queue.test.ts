import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address, ClientId, MemberId } from '../../protocol/ids.ts';
import { HandClock, settle } from './hand-clock.ts';
import { KeptQueue } from './kept-queue.ts';
import type { Change, Items, Owner } from './outbox-item.ts';
import { added, settled } from './outbox-queue.ts';
import { MemoryOutboxStorage } from './outbox-storage.ts';

const owner: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const adding = (id: string): Change => {
  const stamp = { clientId: id as ClientId, since: 1 };
  return (items) => added(items, { kind: 'message', text: id }, stamp);
};
const settling = (id: string): Change => {
  return (items) => settled(items, id as ClientId, 7);
};
const idsOf = (items: Items) => items.map(({ clientId }) => String(clientId));

/** What becomes of the next thing that is asked. deaf: it is done, and nobody is told. slow: it is done later. */
type Mood = 'well' | 'fails' | 'never' | 'deaf' | 'late' | 'slow';

class MoodyStorage extends MemoryOutboxStorage {
  mood: Mood = 'well';
  reopened = 0;
  readonly #clock: HandClock;

  constructor(clock: HandClock) {
    super();
    this.#clock = clock;
  }

  override read(...given: Parameters<MemoryOutboxStorage['read']>): Promise<Items> {
    return this.#ask(() => super.read(...given));
  }

  override update(...given: Parameters<MemoryOutboxStorage['update']>): Promise<Items> {
    return this.#ask(() => super.update(...given));
  }

  override reopen(): void {
    this.reopened += 1;
  }

  #ask(act: () => Promise<Items>): Promise<Items> {
    switch (this.mood) {
      case 'well':
        return act();
      case 'fails':
        return Promise.reject(new Error('QuotaExceededError'));
      case 'never':
        return new Promise(() => {});
      case 'deaf':
        void act();
        return new Promise(() => {});
      case 'late': {
        const done = act();
        return new Promise((resolve) => this.#clock.after(8_000, () => resolve(done)));
      }
      case 'slow':
        return new Promise((resolve) => this.#clock.after(8_000, () => resolve(act())));
    }
  }
}

function openQueue() {
  const clock = new HandClock();
  const storage = new MoodyStorage(clock);
  const told: string[] = [];
  const queue = new KeptQueue({ owner, storage, clock, changed: () => {}, stored: () => told.push('stored') });
  const stored = async () => {
    storage.mood = 'well';
    return idsOf(await storage.read(owner));
  };
  return { clock, storage, queue, told, stored };
}

describe('a queue whose storage does not answer', () => {
  it('S1: is tried again, anew, and then stores what was changed meanwhile', async () => {
    const { clock, storage, queue, told, stored } = openQueue();
    await queue.change(adding('before'));
    storage.mood = 'never';
    void queue.change(adding('one'));
    await clock.advance(5_000);
    expect(queue.inMemory).toBe(true);
    await queue.change(adding('two'));
    await queue.change(settling('before'));
    expect(idsOf(queue.items)).toEqual(['one', 'two']);
    told.length = 0;
    storage.mood = 'well';
    await clock.advance(5_000);
    expect([queue.inMemory, storage.reopened, told]).toEqual([false, 1, ['stored']]);
    expect(await stored()).toEqual(['one', 'two']);
  });

  it('S1: is tried again as soon as it answers after all; what it had done is not done twice', async () => {
    const { clock, storage, queue, stored } = openQueue();
    storage.mood = 'late';
    void queue.change(adding('one'));
    await clock.advance(5_000);
    await queue.change(settling('one'));
    await queue.change(adding('two'));
    storage.mood = 'well';
    await clock.advance(3_000);
    expect(queue.inMemory).toBe(false);
    expect(await stored()).toEqual(['two']);
  });

  it('S1: what it does late, after what was changed since, changes nothing', async () => {
    const { clock, storage, queue, stored } = openQueue();
    storage.mood = 'slow';
    void queue.change(adding('one'));
    await clock.advance(5_000);
    await queue.change(settling('one'));
    await clock.advance(60_000);
    expect(await stored()).toEqual([]);
  });

  it('what other tabs have stored meanwhile stays, and stands before', async () => {
    const { clock, storage, queue, stored } = openQueue();
    storage.mood = 'never';
    void queue.change(adding('here'));
    await clock.advance(5_000);
    storage.mood = 'well';
    await storage.update(owner, adding('elsewhere'));
    await clock.advance(5_000);
    expect(await stored()).toEqual(['elsewhere', 'here']);
    expect(idsOf(queue.items)).toEqual(['elsewhere', 'here']);
  });

  it('of what came and went meanwhile nothing is left to be stored', async () => {
    const { clock, storage, queue, stored } = openQueue();
    await queue.change(adding('before'));
    storage.mood = 'never';
    void queue.change(settling('before'));
    await clock.advance(5_000);
    let applied = 0;
    await queue.change((items) => {
      applied += 1;
      return adding('one')(items);
    });
    await queue.change(settling('one'));
    const since = applied;
    storage.mood = 'well';
    await clock.advance(5_000);
    expect(applied).toBe(since);
    expect(await stored()).toEqual([]);
  });

  it('is asked less and less often where it never works, and every 5 minutes at least', async () => {
    const { clock, storage, queue } = openQueue();
    storage.mood = 'fails';
    await queue.change(adding('one'));
    await clock.advance(3_600_000);
    expect(storage.reopened).toBe(6 + 10);
    storage.mood = 'well';
    await clock.advance(300_000);
    expect(queue.inMemory).toBe(false);
  });
});

const moods: readonly Mood[] = ['well', 'fails', 'never', 'deaf', 'late', 'slow'];
const steps = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 20 })), { minLength: 5, maxLength: 60 });

describe('any storage that works in the end', () => {
  it('S1: has all that is not settled, once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const { clock, storage, queue, stored } = openQueue();
        const wanted: string[] = [];
        const others: string[] = [];
        for (const [at, [act, pick]] of given.entries()) {
          if (act === 0) storage.mood = moods[pick % moods.length] ?? 'well';
          else if (act === 1) {
            wanted.push(`own ${at}`);
            void queue.change(adding(`own ${at}`));
          } else if (act === 2) {
            const [id] = wanted.splice(pick % Math.max(1, wanted.length), 1);
            if (id !== undefined) void queue.change(settling(id));
          } else if (act === 3) await clock.advance(pick * 1_000);
          else if (storage.mood === 'well') {
            others.push(`other ${at}`);
            await storage.update(owner, adding(`other ${at}`));
          }
          await settle();
          expect(idsOf(queue.items).filter((id) => id.startsWith('own'))).toEqual(wanted);
        }
        storage.mood = 'well';
        await clock.advance(1_000_000);
        const ids = await stored();
        expect(queue.inMemory).toBe(false);
        expect(ids.filter((id) => id.startsWith('own'))).toEqual(wanted);
        expect(ids.filter((id) => id.startsWith('other'))).toEqual(others);
      }),
      { numRuns: 300 },
    );
  });
});
