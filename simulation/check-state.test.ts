import { describe, expect, test } from 'vitest';
import type { Entry } from '../protocol/entries.ts';
import type { ClientId } from '../protocol/ids.ts';
import { checkHistory, type Reading, type SentChange, type SentMessage } from './check-history.ts';
import { asSent, checkFold, checkStates, refusedWithoutReason } from './check-state.ts';
import { ADA, BEN, deletion, edit, emptied, message, reaction } from './entries.contract.ts';

const THUMBS = [{ emoji: '👍', by: [BEN] }];

/** One message is edited and liked, one liked and not any more, one edited and then deleted, one left as it was. */
function goodRun() {
  const log = [
    message(1, 'one', 'one, better', { rev: 6, editedAt: 0, reactions: THUMBS }),
    message(2, 'two', 'two', { rev: 8 }),
    message(3, 'three', '', { rev: 10, deleted: true }),
    edit(4, 'edit-one', 1, 'one, better'),
    emptied(5),
    reaction(6, 'react', 'like-one', 1),
    reaction(7, 'react', 'like-two', 2),
    reaction(8, 'unreact', 'unlike-two', 2),
    message(9, 'four', 'four'),
    deletion(10, 'delete-three', 3),
  ];
  const sent = [
    said('one', 'one', 1),
    said('two', 'two', 2),
    said('three', 'three', 3),
    changed('edit', 'edit-one', 'one', 'one, better', 4),
    changed('edit', 'edit-three', 'three', 'three, better', 5),
    changed('react', 'like-one', 'one', '👍', 6),
    changed('react', 'like-two', 'two', '👍', 7),
    changed('unreact', 'unlike-two', 'two', '👍', 8),
    said('four', 'four', 9),
    changed('delete', 'delete-three', 'three', '', 10),
  ];
  return { log, sent, seen: live(log) };
}

/** As one sees it who was there all along. */
function live(log: readonly Entry[]): Entry[] {
  return log.map((entry, i) => {
    if (entry.kind === 'message') return message(entry.seq, entry.clientId, entry.clientId);
    return i === 4 ? edit(5, 'edit-three', 3, 'three, better') : entry;
  });
}

function said(clientId: string, text: string, seq: number): SentMessage {
  return { sender: sender(clientId), clientId, text, seq };
}

function changed(
  change: SentChange['change'],
  clientId: string,
  target: string,
  text: string,
  seq: number,
): SentChange {
  return { sender: sender(clientId), clientId, change, target, text, seq };
}

function sender(clientId: string): string {
  return clientId.includes('like') ? BEN.name : ADA.name;
}

const problemsOf = ({ log, sent, seen }: { log: Entry[]; sent: (SentMessage | SentChange)[]; seen: Entry[] }) => {
  const readings: Reading[] = [{ reader: 'eve', after: 0, seen }];
  return [...checkHistory(log, sent, readings), ...checkFold(asSent(log, sent), log), ...checkStates(log, readings)];
};

test('I10: a run in which all went well has nothing to be said about', () => {
  expect(problemsOf(goodRun())).toEqual([]);
});

test('I10: readers who began later, or read some of it late and in its present state, have nothing said about them', () => {
  const { log } = goodRun();
  const readings = [
    { reader: 'who caught up at the end', after: 0, seen: log },
    { reader: 'who caught up in between', after: 0, seen: [...log.slice(0, 2), ...live(log).slice(2)] },
    { reader: 'from 4 on', after: 4, seen: log.slice(4) },
    { reader: 'later', after: 10, seen: [edit(11, 'later', 1, 'one, once more')] },
  ];
  expect(checkStates(log, readings)).toEqual([]);
});

describe('I10: a fault that is planted in what a reader has is found', () => {
  test.each<[string, RegExp, (seen: Entry[]) => void]>([
    ['an edit is lost', /^I10: eve has message 1 as \["one",/u, (seen) => void (seen[3] = emptied(4))],
    [
      'an edit says something else',
      /^I10: eve has message 1/u,
      (seen) => void (seen[3] = edit(4, 'edit-one', 1, 'no')),
    ],
    ['a reaction is left over', /^I10: eve has message 2 as .*👍/u, (seen) => void (seen[7] = emptied(8))],
    ['a reaction is missing', /^I10: eve has message 1 as /u, (seen) => void (seen[5] = emptied(6))],
    ['a deletion is missed', /^I10: eve has message 3 as \["three, better"/u, (seen) => void (seen[9] = emptied(10))],
    [
      'a change is of another message',
      /^I10: eve has message 2/u,
      (seen) => void (seen[3] = edit(4, 'edit-one', 2, 'x')),
    ],
    ['the last change never came', /^I10: eve is at 9 of 10/u, (seen) => void seen.pop()],
  ])('%s', (_, expected, plant) => {
    const run = goodRun();
    plant(run.seen);
    expect(problemsOf(run).some((problem) => expected.test(problem))).toBe(true);
  });
});

describe('a fault that is planted in what the store says is found', () => {
  type Run = ReturnType<typeof goodRun>;
  test.each<[string, RegExp, (run: Run) => void]>([
    ['it lost an edit', /^L8: message 1 of tea/u, ({ log }) => void (log[0] = message(1, 'one', 'one'))],
    [
      'it kept a reaction',
      /^L8: message 2 of tea/u,
      ({ log }) => void (log[1] = message(2, 'two', 'two', { rev: 8, reactions: THUMBS })),
    ],
    [
      'it kept the text of what was deleted',
      /^L8: message 3 of tea/u,
      ({ log }) => void (log[2] = message(3, 'three', 'three', { rev: 10, deleted: true })),
    ],
    [
      'it kept an edit of what was deleted',
      /^L7: edit 5 of tea/u,
      ({ log }) => void (log[4] = edit(5, 'edit-three', 3, 'three, better')),
    ],
    [
      'it took an edit that changes nothing',
      /^L6: edit 4 of tea/u,
      ({ log }) => void (log[3] = edit(4, 'edit-one', 1, 'one')),
    ],
    [
      'somebody changed what another had said',
      /^L5: edit 4/u,
      ({ log }) => void (log[3] = { ...edit(4, 'edit-one', 1, 'one, better'), by: BEN } as Entry),
    ],
    [
      'an acknowledged edit is not there',
      /^I1: Ada's edit "one, better", acknowledged as 4, is not there/u,
      ({ log }) => void (log[3] = emptied(4)),
    ],
    [
      'an acknowledged edit is in the log as that of another message',
      /^I1: Ada's edit "one, better" is in the log as that of another/u,
      ({ log }) => void (log[3] = edit(4, 'edit-one', 2, 'one, better')),
    ],
    [
      'an acknowledged edit has another text',
      /^I1: Ada's edit "one, better" is in the log as "no"/u,
      ({ log }) => void (log[3] = edit(4, 'edit-one', 1, 'no')),
    ],
    [
      'a change is twice in the log',
      /^I2: unreact "👍" is twice in the log, again at 11/u,
      ({ log }) => void log.push({ ...reaction(11, 'unreact', 'unlike-two', 1) }),
    ],
    [
      'a change that nobody sent is there',
      /^I6: delete "", at 11, was sent by nobody/u,
      ({ log }) => void log.push(deletion(11, 'other', 1)),
    ],
    [
      'a change has overtaken what was sent before it',
      /^I5: Ada's "four", at 9, stands before what was sent earlier, at 10/u,
      ({ sent }) => void sent.splice(8, 2, sent[9]!, sent[8]!),
    ],
  ])('%s', (_, expected, plant) => {
    const run = goodRun();
    plant(run);
    expect(problemsOf(run).some((problem) => expected.test(problem))).toBe(true);
  });
});

test('a change is refused with reason where its message was deleted, and without any where it was not', () => {
  const { log } = goodRun();
  const refused = (target: string, code: 'gone' | 'invalid') => ({
    ...changed('react', `late-${target}-${code}` as ClientId, target, '👍', 0),
    seq: undefined,
    refused: code,
  });
  const wrong = [refused('one', 'gone'), refused('three', 'invalid')];
  expect(refusedWithoutReason(log, [refused('three', 'gone'), ...wrong, said('one', 'one', 1)])).toEqual(wrong);
});
