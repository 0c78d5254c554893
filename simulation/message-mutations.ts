// What messages say beside their text, and what rooms are called: rules taken away from the store.
import type { Mutation } from './mutation.ts';

const DECIDE = 'server/store/decide.ts';
const CHANGE = 'server/store/decide-change.ts';
const DIRECT = 'server/store/direct.ts';
const MEMBERSHIP = 'server/store/membership.ts';
const ROOM = 'server/store/decide-room.ts';
const PINS = 'server/store/pins.ts';
const UNREAD = 'server/store/memory/unread.ts';

export const MESSAGE_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'L7: of what was deleted it is said what it answered',
    file: CHANGE,
    from: '  target.replyTo = 0;\n',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L13: what is not there can be answered',
    file: DECIDE,
    from: "  if (replyTo === undefined) return { result: 'refused', code: 'notFound' };\n",
    to: '',
    by: { test: 'server/store/memory/memory.test.ts', title: 'L13: only a message of this room that is there' },
  },
  {
    rule: 'L7: what was deleted still mentions people',
    file: CHANGE,
    from: "  target.mentions = '';\n",
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L16: what is pinned can be pinned once more',
    file: PINS,
    from: "if (target.pinnedSeq > 0) return { result: 'unchanged', seq: target.pinnedSeq };",
    to: '',
    by: { title: 'L6: each change a second time' },
  },
  {
    rule: 'L16: what is not pinned can be unpinned',
    file: PINS,
    from: "if (target.pinnedSeq === 0) return { result: 'unchanged', seq: target.rev || target.seq };",
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L16: any number can be pinned',
    file: PINS,
    from: "if (tx.pins(room.id) >= MAX_PINS) return { result: 'refused', code: 'tooMany' };",
    to: '',
    by: { test: 'server/store/memory/memory.test.ts', title: 'L16: only so many are pinned' },
  },
  {
    rule: 'L16: a deletion leaves it pinned',
    file: CHANGE,
    from: '  target.pinnedSeq = 0;\n',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'D1: a pair has as many conversations as it asks for',
    file: DIRECT,
    from: ': tx.roomOfPair(pairOf(one.id, two.id));',
    to: ': undefined;',
    by: { test: 'server/store/memory/memory.test.ts', title: 'D1: a pair has one' },
  },
  {
    rule: 'D2: whoever knows the address comes in',
    file: MEMBERSHIP,
    from: "  if (room.pair !== '') return { ok: false, code: 'forbidden' };\n",
    to: '',
    by: { test: 'server/store/memory/memory.test.ts', title: 'D2: nobody else comes in' },
  },
  {
    rule: 'D2: one of two drives the other out by their name',
    file: MEMBERSHIP,
    from: '  if (isTalk(tx, member.room)) return true;\n',
    to: '',
    by: { test: 'server/store/memory/memory.test.ts', title: 'D2: nobody else comes in' },
  },
  {
    rule: 'D4: who is asked for a talk too often can come into no room',
    file: MEMBERSHIP,
    from: '!stillHolds(tx, member) || isUnanswered(tx, member)',
    to: '!stillHolds(tx, member)',
    by: { test: 'server/store/memory/memory.test.ts', title: 'D4: unanswered ones keep nobody out' },
  },
  {
    rule: 'H5: without a key one is asked for a talk',
    file: DIRECT,
    from: ' || two.session === KEYLESS',
    to: '',
    by: { test: 'server/store/memory/memory.test.ts', title: 'H5: a member without a key neither opens one' },
  },
  {
    rule: 'L17: a title is not kept',
    file: ROOM,
    from: '  room.title = title;\n',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L17: a topic is not kept',
    file: ROOM,
    from: '  room.topic = topic;\n',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L17: whoever comes in is told a title from before the log was read',
    file: 'server/rooms/join-room.ts',
    from: 'const { title, topic } = here.room ?? room;',
    to: 'const { title, topic } = room;',
    by: { test: 'server/rooms/change-room.test.ts', title: 'L17: whoever comes in while it changes' },
  },
  {
    rule: 'L17: a title that is there already is one more',
    file: ROOM,
    from: "if (room.title === title) return { result: 'unchanged', seq: room.titleSeq };",
    to: '',
    by: { title: 'L6: each change a second time' },
  },
  {
    rule: 'L14: an edit leaves whom the message mentions',
    file: CHANGE,
    from: '  target.mentions = mentions;\n',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L14: whoever is no member can be mentioned',
    file: 'server/store/mentions.ts',
    from: 'member?.held && member.room === room.id ?',
    to: 'member ?',
    by: { test: 'server/store/memory/memory.test.ts', title: 'L14: who is no member of the room' },
  },
  {
    rule: 'L14: one is told of what one has mentioned oneself',
    file: UNREAD,
    from: ' || ids.has(row.sender)) return false;',
    to: ') return false;',
    by: { test: 'server/store/memory/memory.test.ts', title: 'L14: nobody is told that one member of a session' },
  },
];
