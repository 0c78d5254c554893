import { describe, expect, test } from 'vitest';
import type { ClientId, EntryId, MemberId, RoomId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { type Outcome, StorageFull, StoreUnavailable, Unstorable, type Write } from '../store/store.ts';
import { BATCH_MAX_ITEMS, Batches, WAITING_MAX_ITEMS } from './batches.ts';

const write = (text: string): Write => ({
  kind: 'message',
  room: 'r' as RoomId,
  by: 'm' as MemberId,
  clientId: text as ClientId,
  text,
});
const stored = (writes: readonly Write[]): Outcome[] =>
  writes.map((_, i) => ({ result: 'duplicate', seq: i + 1, id: `e${i}` as EntryId, at: 0 }));
const texts = (writes: readonly Write[]) => writes.map((one) => ('text' in one ? one.text : ''));

/** A store that does with each append what the next step says, and writes down what it was given. */
function scripted(...steps: ((writes: readonly Write[]) => Outcome[])[]) {
  const clock = new VirtualClock();
  const appended: string[][] = [];
  const committed: string[][] = [];
  const append = async (writes: readonly Write[]) => {
    appended.push(texts(writes));
    return (steps.shift() ?? stored)(writes);
  };
  const failures: unknown[] = [];
  const parts = {
    committed: (writes: readonly Write[]): void => void committed.push(texts(writes)),
    failed: (error: unknown): void => void failures.push(error),
  };
  const batches = new Batches({
    store: { append },
    clock,
    committed: (writes) => parts.committed(writes),
    failed: parts.failed,
  });
  return { clock, appended, committed, batches, parts, failures };
}
const fails = (error: Error) => () => {
  throw error;
};
const codes = (outcomes: readonly Outcome[]) =>
  outcomes.map((one) => (one.result === 'refused' ? one.code : one.result));

describe('group commit', () => {
  test('what arrives while one batch commits is the next batch, in its order', async () => {
    const { batches, appended, clock } = scripted();
    const first = batches.add([write('a')]);
    await clock.settle();
    await Promise.all([first, batches.add([write('b')]), batches.add([write('c'), write('d')])]);
    expect(appended).toEqual([['a'], ['b', 'c', 'd']]);
  });

  test('L2: whoever added is answered after the commit was told', async () => {
    const { batches, committed } = scripted();
    await batches.add([write('a')]).then(() => expect(committed).toEqual([['a']]));
  });

  test('L11: a batch has at most 500 items, and a group is never split', async () => {
    const { batches, appended } = scripted();
    const groups = Array.from({ length: 8 }, (_, g) => Array.from({ length: 99 }, (_, i) => write(`${g}.${i}`)));
    await Promise.all(groups.map((group) => batches.add(group)));
    expect(appended.map((batch) => batch.length)).toEqual([495, 297]);
    expect(appended.every((batch) => batch.length <= BATCH_MAX_ITEMS)).toBe(true);
  });

  test('L11: a batch has at most 1 MB', async () => {
    const { batches, appended } = scripted();
    const large = 'x'.repeat(100_000);
    await Promise.all(Array.from({ length: 5 }, () => batches.add([write(large)])));
    expect(appended.map((batch) => batch.length)).toEqual([3, 2]);
  });

  test('L11: beyond 5,000 waiting items the answer is `busy` at once, and there is place again afterwards', async () => {
    const { batches } = scripted();
    const hundred = Array.from({ length: 100 }, (_, i) => write(String(i)));
    const waiting = Array.from({ length: WAITING_MAX_ITEMS / 100 }, () => batches.add(hundred));
    expect(await batches.add([write('late')])).toEqual([{ result: 'refused', code: 'busy', retryAfter: 1_000 }]);
    await Promise.all(waiting);
    expect(codes(await batches.add([write('later')]))).toEqual(['duplicate']);
  });
});

describe('L10: a commit that fails', () => {
  test('is tried again as the same batch', async () => {
    const { batches, appended, clock } = scripted(fails(new StoreUnavailable()), fails(new StoreUnavailable()));
    const answer = batches.add([write('a'), write('b')]);
    await clock.settle();
    void batches.add([write('c')]);
    await clock.advance(5_000);
    expect(codes(await answer)).toEqual(['duplicate', 'duplicate']);
    expect(appended).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b'], ['c']]);
  });

  test('is answered `unavailable` after three tries, and the next batch is tried', async () => {
    const away = fails(new StoreUnavailable());
    const { batches, clock, committed } = scripted(away, away, away);
    const answer = batches.add([write('a')]);
    await clock.advance(5_000);
    expect(await answer).toEqual([{ result: 'refused', code: 'unavailable', retryAfter: 2_000 }]);
    expect(committed).toEqual([]);
    expect(codes(await batches.add([write('b')]))).toEqual(['duplicate']);
  });

  test('for want of space is answered `storageFull` at once', async () => {
    const { batches } = scripted(fails(new StorageFull()));
    expect(codes(await batches.add([write('a'), write('b')]))).toEqual(['storageFull', 'storageFull']);
  });

  test('because of one item that can never be stored fails that item alone', async () => {
    const poison = (writes: readonly Write[]) => {
      if (texts(writes).includes('bad')) throw new Unstorable();
      return stored(writes);
    };
    const { batches, committed } = scripted(...Array.from({ length: 9 }, () => poison));
    const answers = await Promise.all([
      batches.add([write('a'), write('bad'), write('b')]),
      batches.add([write('c'), write('d')]),
    ]);
    expect(answers.map(codes)).toEqual([
      ['duplicate', 'invalid', 'duplicate'],
      ['duplicate', 'duplicate'],
    ]);
    expect(committed.flat()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('half way through a search for the poison stops there: order is worth more than speed', async () => {
    const { batches, appended } = scripted(fails(new Unstorable()), fails(new StorageFull()));
    expect(codes(await batches.add([write('a'), write('b'), write('c')]))).toEqual(Array(3).fill('storageFull'));
    expect(appended).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b'],
    ]);
  });
});

describe('what nobody foresaw', () => {
  test('after a commit is told, and whoever added is answered as it was stored', async () => {
    const { batches, parts, failures } = scripted();
    const surprise = new TypeError('x');
    parts.committed = fails(surprise);
    expect(codes(await batches.add([write('a')]))).toEqual(['duplicate']);
    expect(failures).toEqual([surprise]);
  });

  test('of the store is told, and answered `unavailable`', async () => {
    const surprise = new TypeError('x');
    const { batches, failures } = scripted(fails(surprise));
    expect(codes(await batches.add([write('a')]))).toEqual(['unavailable']);
    expect(failures).toEqual([surprise]);
    expect(codes(await batches.add([write('b')]))).toEqual(['duplicate']);
  });

  test('of a batch is of those alone who are in it', async () => {
    // As many outcomes as writes is what the store promises; none at all has no slice.
    const { batches } = scripted(() => undefined as never);
    await expect(batches.add([write('a')])).rejects.toThrow(TypeError);
    expect(codes(await batches.add([write('b')]))).toEqual(['duplicate']);
    await batches.idle();
  });
});

test('idle waits for everything that was added', async () => {
  const { batches, committed } = scripted();
  await batches.idle();
  void batches.add([write('a')]);
  await Promise.resolve();
  void batches.add([write('b')]);
  await batches.idle();
  expect(committed.flat()).toEqual(['a', 'b']);
});
