import { describe, expect, test } from 'vitest';
import type { Entry } from '../protocol/entries.ts';
import type { EntryId } from '../protocol/ids.ts';
import { checkHistory, type Reading, type SentMessage } from './check-history.ts';
import { message, notice } from './entries.contract.ts';

const SENDERS = ['ada', 'bob'];

/** Two senders in turn, and one message that was stored without its sender being told. */
function goodRun(): { log: Entry[]; sent: SentMessage[] } {
  const log: Entry[] = [notice(1)];
  const sent: SentMessage[] = [];
  for (let n = 0; n < 6; n += 1) {
    const sender = SENDERS[n % 2] ?? '';
    const text = `${sender} ${n}`;
    log.push(message(log.length + 1, `client-${n}`, text));
    sent.push({ sender, clientId: `client-${n}`, text, seq: n === 5 ? undefined : log.length });
  }
  return { log, sent };
}

test('a run in which all went well has nothing to be said about', () => {
  const { log, sent } = goodRun();
  expect(checkHistory(log, sent)).toEqual([]);
  expect(checkHistory([], [])).toEqual([]);
});

test('readers who saw all since they came in, and perhaps more, have nothing said about them', () => {
  const { log, sent } = goodRun();
  const later = notice(log.length + 1);
  const readings = [
    { reader: 'from the start', after: 0, seen: log },
    { reader: 'from 3 on', after: 3, seen: [...log.slice(3), later] },
    { reader: 'at the end', after: log.length, seen: [] },
    { reader: 'later', after: log.length, seen: [later] },
  ];
  expect(checkHistory(log, sent, readings)).toEqual([]);
});

test('what was sent last and never answered may be missing', () => {
  const { log, sent } = goodRun();
  expect(checkHistory(log.slice(0, -1), sent)).toEqual([]);
});

describe('a fault that is planted is found', () => {
  type Run = ReturnType<typeof goodRun>;
  test.each<[string, RegExp, (run: Run) => void]>([
    ['an acknowledged message is lost', /^I1: ada's "ada 0"/u, ({ log }) => void log.splice(1, 1)],
    ['the last acknowledged message is lost', /^I1: ada's "ada 4"/u, ({ log }) => void log.splice(5)],
    [
      'it has another seq than was acknowledged',
      /^I1: bob's "bob 3"/u,
      ({ sent }) => void (sent[3] = { ...sent[3]!, seq: 2 }),
    ],
    [
      'it has another text',
      /^I1: ada's "ada 2" is in the log as "no"/u,
      ({ log }) => void (log[3] = message(4, 'client-2', 'no')),
    ],
    ['something else is at its seq', /^I1: bob's "bob 1"/u, ({ log }) => void (log[2] = notice(3))],
    [
      'a message is twice in the log',
      /^I2: "ada 0" is twice/u,
      ({ log }) => void log.push(message(8, 'client-0', 'ada 0')),
    ],
    ['a seq is left out', /^I3: entry 8 of the log has seq 9/u, ({ log }) => void log.push(notice(9))],
    ['a seq is given twice', /^I3: entry 8 of the log has seq 7/u, ({ log }) => void log.push(notice(7))],
    ['the first entry is missing', /^I3: entry 1 of the log has seq 2/u, ({ log }) => void log.shift()],
    [
      'two messages of one sender have changed places',
      /^I5: ada's "ada 2", at 2/u,
      ({ log, sent }) => {
        log[1] = message(2, 'client-2', 'ada 2');
        log[3] = message(4, 'client-0', 'ada 0');
        sent[0] = { ...sent[0]!, seq: 4 };
        sent[2] = { ...sent[2]!, seq: 2 };
      },
    ],
    [
      'a message that nobody sent is there',
      /^I6: "boo", at 8/u,
      ({ log }) => void log.push(message(8, 'client-x', 'boo')),
    ],
  ])('%s', (_, expected, plant) => {
    const run = goodRun();
    plant(run);
    expect(checkHistory(run.log, run.sent).some((problem) => expected.test(problem))).toBe(true);
  });
});

test('I6: what was refused for good and is in the log all the same is found', () => {
  const { log, sent } = goodRun();
  sent[5] = { ...sent[5]!, refused: 'tooLong' };
  expect(checkHistory(log, sent)).toEqual([`I6: bob's "bob 5", refused with tooLong, is in the log`]);
  expect(checkHistory(log.slice(0, -1), sent)).toEqual([]);
});

test('C4: a reader who was made to start over is found, also when all that came since then was seen', () => {
  const { log, sent } = goodRun();
  expect(checkHistory(log, sent, [{ reader: 'eve', after: 3, seen: log.slice(3), startsOver: 2 }])).toEqual([
    'C4: eve started over 2 times in a log that never went back',
  ]);
});

describe('a fault that is planted in what a reader saw is found', () => {
  test.each<[string, RegExp, (seen: Entry[]) => void]>([
    ['one is left out', /^I4: eve saw 5 after 3,/u, (seen) => void seen.splice(3, 1)],
    ['the last one never came', /^I4: eve saw nothing after 6 of 7/u, (seen) => void seen.pop()],
    ['the first one never came', /^I4: eve saw 2 after 0,/u, (seen) => void seen.shift()],
    ['one came twice', /^I2: eve saw 4 twice/u, (seen) => void seen.splice(5, 0, seen[3]!)],
    ['the last one came twice', /^I2: eve saw 7 twice/u, (seen) => void seen.push(seen[6]!)],
    ['two changed places', /^I3: eve saw 3 after 4/u, (seen) => void seen.splice(2, 2, seen[3]!, seen[2]!)],
    ['one has another text', /^I4: eve saw at 2 what is not/u, (seen) => void (seen[1] = message(2, 'client-0', 'no'))],
    [
      'one is of another kind',
      /^I4: eve saw at 1 what is not/u,
      (seen) => void (seen[0] = message(1, 'client-x', 'no')),
    ],
    [
      'one has another id, as in a log that went back',
      /^I4: eve saw at 2 what is not/u,
      (seen) => void (seen[1] = { ...seen[1]!, id: 'other' as EntryId }),
    ],
  ])('%s', (_, expected, plant) => {
    const { log, sent } = goodRun();
    const reading: Reading & { seen: Entry[] } = { reader: 'eve', after: 0, seen: [...log] };
    plant(reading.seen);
    const problems = checkHistory(log, sent, [reading]);
    expect(problems.some((problem) => expected.test(problem))).toBe(true);
  });
});
