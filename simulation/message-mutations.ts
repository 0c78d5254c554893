// What messages say beside their text, and what rooms are called: rules taken away from the store.
import type { Mutation } from './mutation.ts';

const DECIDE = 'server/store/decide.ts';
const CHANGE = 'server/store/decide-change.ts';
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
