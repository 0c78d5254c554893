import { describe, expect, test } from 'vitest';
import type { Author, Entry } from '../protocol/entries.ts';
import type { MemberId } from '../protocol/ids.ts';
import { checkPresence, type PresenceRecord } from './check-presence.ts';
import { ADA, BEN, message, notice, settings } from './entries.contract.ts';

const CLEO: Author = { id: 'c' as MemberId, name: 'Cleo' };
const CROWD = { above: 200, below: 150 };

/** Ada and Ben come, Ben goes and comes again, Cleo comes and goes. */
function goodRun(): PresenceRecord & { log: Entry[] } {
  const log = [
    notice(1, 'connect', ADA, 1),
    notice(2, 'connect', BEN, 2),
    message(3, 'client-0', 'hello'),
    notice(4, 'disconnect', BEN, 1),
    notice(5, 'connect', CLEO, 2),
    notice(6, 'connect', BEN, 3),
    notice(7, 'disconnect', CLEO, 2),
  ];
  return { log, listed: [BEN, ADA], count: 2 };
}

test('I9: a run in which all went well has nothing to be said about', () => {
  expect(checkPresence(goodRun(), [ADA, BEN], CROWD)).toEqual([]);
  expect(checkPresence({ log: [], listed: [], count: 0 }, [], CROWD)).toEqual([]);
});

describe('I9: a fault that is planted is found', () => {
  test.each<[string, RegExp, (log: Entry[]) => void]>([
    [
      'a coming is told twice',
      /^I9: 8 of tea says twice that Ben \(b\) came/u,
      (log) => void log.push(notice(8, 'connect', BEN, 3)),
    ],
    [
      'a going is told twice',
      /^I9: 8 of tea says twice that Cleo \(c\) went/u,
      (log) => void log.push(notice(8, 'disconnect', CLEO, 1)),
    ],
    ['a count is wrong', /^I9: 5 of tea counts 3 of 2/u, (log) => void (log[4] = notice(5, 'connect', CLEO, 3))],
    ['a going is not told', /^I9: Cleo \(c\) is told to be here, and is not there/u, (log) => void log.pop()],
    [
      'a coming is not told',
      /^I9: Ben \(b\) is there, and is not told to be here/u,
      (log) => void log.splice(5, 1, message(6, 'client-1', 'no')),
    ],
    [
      'notices stop in a small room',
      /^I9: 8 of tea is a settings with 3 here/u,
      (log) => void log.push(settings(8, false, CLEO, 3)),
    ],
  ])('%s', (_, expected, plant) => {
    const run = goodRun();
    plant(run.log);
    expect(checkPresence(run, [ADA, BEN], CROWD).some((problem) => expected.test(problem))).toBe(true);
  });

  test('a ghost is listed, somebody is not, and the count is another', () => {
    expect(checkPresence({ ...goodRun(), listed: [ADA, BEN, CLEO] }, [ADA, BEN], CROWD)).toEqual([
      'I9: Cleo (c) is listed, and is not there',
    ]);
    expect(checkPresence({ ...goodRun(), listed: [ADA], count: 1 }, [ADA, BEN], CROWD)).toEqual([
      'I9: Ben (b) is there, and is not listed',
      'I9: 1 are counted, and 2 are there',
    ]);
  });
});

test('P7: while notices are off the log does not say who is here, and nobody is told of; counts go on from where they start again', () => {
  const crowd = { above: 1, below: 2 };
  const off = [notice(1, 'connect', ADA, 1), settings(2, false, BEN, 2)];
  expect(checkPresence({ log: off, listed: undefined, count: 2 }, [ADA, BEN], crowd)).toEqual([]);
  const on = [...off, settings(3, true, ADA, 1), notice(4, 'disconnect', BEN, 0)];
  expect(checkPresence({ log: on, listed: [], count: 0 }, [], crowd)).toEqual([]);
  const told = [...off, notice(3, 'disconnect', BEN, 1)];
  expect(checkPresence({ log: told, listed: undefined, count: 1 }, [ADA], crowd)).toContain(
    'I9: 3 of tea is a notice while notices are off',
  );
});
