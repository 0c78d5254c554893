import { beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId, RoomId } from '../protocol/ids.ts';
import type { Write } from '../server/store/store.ts';
import { Ledger } from './ledger.ts';
import { checkAcknowledged } from './room-check.ts';

const room = 'r1' as RoomId;
const tea = 'tea' as Address;
const by = { id: 'ada' as MemberId, name: 'Ada' };
const [one, two] = ['c1', 'c2'] as ClientId[] as [ClientId, ClientId];

let ledger: Ledger;

beforeEach(() => {
  ledger = new Ledger();
});

/** As a store says that it has it. */
function store(clientId: ClientId, seq: number, id = `e${seq}`): Entry {
  const write: Write = { kind: 'message', room, by: by.id, clientId, text: 'hello' };
  const stamp = { room: tea, seq, id: id as EntryId, at: 0, by };
  const entry: Entry = { ...stamp, kind: 'message', clientId, text: 'hello' };
  ledger.committed([write], [{ result: 'stored', entry, at: 0, after: '' }]);
  return entry;
}

test('what is acknowledged as it was stored, and is in the log at the end, has nothing said about it', () => {
  const log = [store(one, 1), store(two, 2)];
  ledger.acknowledge(one, 1);
  // The answer to the one before was lost.
  ledger.acknowledge(one, 1);
  ledger.acknowledge(two, 2);
  checkAcknowledged(ledger, [{ room, entries: log }]);
  expect(ledger.problems).toEqual([]);
});

test('L6: a change that would change nothing is acknowledged with the entry that made it so', () => {
  store(one, 1);
  ledger.acknowledgeChange(two, 1, tea);
  checkAcknowledged(ledger, [{ room, entries: [] }]);
  expect(ledger.problems).toEqual([]);
});

test('L17: the title that a room began with was made by no entry', () => {
  ledger.acknowledgeChange(two, 0, tea, true);
  expect(ledger.problems).toEqual([]);
  ledger.acknowledgeChange(two, 0, tea);
  expect(ledger.problems).toEqual(['I1: c2 was acknowledged as 0 of tea, which never was']);
});

test('C10: a change that was undone with what it changed back may change nothing where it is sent again', () => {
  store(one, 1);
  const lost = store(two, 2);
  ledger.wentBack([lost.id]);
  ledger.acknowledgeChange(two, 1, tea);
  expect(ledger.problems).toEqual([]);
});

test('C10: what was undone by a store that went back may be gone, and has to be there where it was sent again', () => {
  const lost = store(one, 1);
  ledger.acknowledge(one, 1);
  ledger.wentBack([lost.id]);
  checkAcknowledged(ledger, [{ room, entries: [] }]);
  expect(ledger.problems).toEqual([]);
  const again = store(one, 1, 'e1 again');
  checkAcknowledged(ledger, [{ room, entries: [again] }]);
  expect(ledger.problems).toEqual([]);
  checkAcknowledged(ledger, [{ room, entries: [lost] }]);
  expect(ledger.problems).toEqual(['I1: c1, acknowledged and stored as 1 of r1, is not there']);
});

describe('I1: a fault that is planted is found', () => {
  test.each<[string, string, () => void]>([
    ['a message was acknowledged and never stored', 'c1 was acknowledged as 1,', () => ledger.acknowledge(one, 1)],
    [
      'a message was acknowledged as another one',
      'c1 was acknowledged as 2,',
      () => {
        store(one, 1);
        store(two, 2);
        ledger.acknowledge(one, 2);
      },
    ],
    [
      'a change was acknowledged with an entry that is not there',
      'c2 was acknowledged as 2 of tea',
      () => {
        store(one, 1);
        ledger.acknowledgeChange(two, 2, tea);
      },
    ],
    [
      'a change was acknowledged with an entry of another room',
      'c2 was acknowledged as 1 of cake',
      () => {
        store(one, 1);
        ledger.acknowledgeChange(two, 1, 'cake' as Address);
      },
    ],
    [
      'an acknowledged message is missing at the end',
      'c2, acknowledged and stored as 2 of r1, is not there',
      () => {
        const log = [store(one, 1), store(two, 2)];
        ledger.acknowledge(two, 2);
        checkAcknowledged(ledger, [{ room, entries: log.slice(0, 1) }]);
      },
    ],
    [
      'its room is missing at the end',
      'c1, acknowledged and stored as 1 of r1, is not there',
      () => {
        store(one, 1);
        ledger.acknowledge(one, 1);
        checkAcknowledged(ledger, []);
      },
    ],
  ])('%s', (_, expected, plant) => {
    plant();
    expect(ledger.problems).toHaveLength(1);
    expect(ledger.problems[0]).toContain(`I1: ${expected}`);
  });
});
