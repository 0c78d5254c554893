// What is decided in the transaction: rules taken away from the store.
import type { Mutation } from './mutation.ts';

const DECIDE = 'server/store/decide.ts';
const CHANGE = 'server/store/decide-change.ts';
const MEMORY = 'server/store/memory/memory-store.ts';
const ROOM = 'server/store/decide-room.ts';
const PINS = 'server/store/pins.ts';
const UNREAD = 'server/store/memory/unread.ts';
const MEMORY_TRANSACTION = 'server/store/memory/memory-transaction.ts';

export const STORE_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'L1: a number that was given is not given back by a transaction that is rolled back',
    file: 'server/store/add-entry.ts',
    from: 'seq: room.seq + 1,',
    to: 'seq: numbers.set(room.id, (numbers.get(room.id) ?? 0) + 1).get(room.id) ?? 0,',
    more: [
      {
        file: 'server/store/add-entry.ts',
        from: 'const LEVELLED_MS',
        to: 'const numbers = new Map();\nconst LEVELLED_MS',
      },
    ],
    by: { title: 'L1: a transaction that was rolled back' },
  },
  {
    rule: 'L3: a client id is stored as often as it is sent',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: 'void known;',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L3: a duplicate is answered with an error',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: "if (known) return { result: 'refused', code: 'invalid' };",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L4: what is refused for good is not looked up',
    file: DECIDE,
    from: `  const known = tx.known(room.id, said.clientId);
  if (known) return { result: 'duplicate', ...known };
  const by = tx.member(said.by);
  if (!by?.held || by.room !== room.id) return { result: 'refused', code: 'notMember' };`,
    to: `  const by = tx.member(said.by);
  if (!by?.held || by.room !== room.id) return { result: 'refused', code: 'forbidden' };
  const known = tx.known(room.id, said.clientId);
  if (known) return { result: 'duplicate', ...known };`,
    by: { storm: 'delivery', seed: 43 },
  },
  {
    rule: 'L5: whoever wants to may edit and delete',
    file: CHANGE,
    from: 'if (ownsOnly && target.sender !== by.id)',
    to: "if (ownsOnly && target.sender === 'nobody')",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L5: what was deleted can be changed',
    file: CHANGE,
    from: 'if (target.deletedSeq > 0) {',
    to: 'if (target.deletedSeq > room.seq) {',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L5: who was removed goes on writing',
    file: DECIDE,
    from: "if (!by?.held || by.room !== room.id) return { result: 'refused', code: 'notMember' };\n  switch",
    to: "if (!by || by.room !== room.id) return { result: 'refused', code: 'notMember' };\n  switch",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L6: a second like is one more',
    file: CHANGE,
    from: "if (own) return { result: 'unchanged', seq: own.seq };",
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L7: a deletion leaves the reactions',
    file: MEMORY_TRANSACTION,
    from: 'state.reactions.delete(target.seq);',
    to: '',
    by: { storm: 'delivery', seed: 4 },
  },
  {
    rule: 'L7: edits of what was deleted are still read',
    file: MEMORY_TRANSACTION,
    from: "change.kind = 'void';",
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L8: rev is of edits alone',
    file: 'server/store/add-change.ts',
    from: '  target.rev = added.row.seq;\n  return added;',
    to: "  if (kind === 'edit') target.rev = added.row.seq;\n  return added;",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L8: messages are read as they were first',
    file: 'server/store/rows.ts',
    from: 'if (row.rev > 0) message.rev = row.rev;',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C4: the entry at `after` is not compared',
    file: MEMORY,
    from: "const isOther = id !== '' && after >= row.first && log[after - 1]?.id !== id;",
    to: 'const isOther = false;',
    by: { storm: 'rewind', seed: 3 },
  },
  {
    rule: 'L3: the last body wins',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: "if (known) { const row = tx.message(room.id, known.seq); if (row && said.kind === 'message') row.body = said.text; return { result: 'duplicate', ...known }; }",
    by: { title: 'L3: a duplicate with another text' },
  },
  {
    rule: 'C4: `after` may be beyond the head',
    file: MEMORY,
    from: 'isOther || after > row.seq ||',
    to: 'isOther ||',
    by: { title: 'C4: a place beyond the head' },
  },
  {
    rule: 'L3: a client id counts for its sender alone',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: "if (known && tx.message(room.id, known.seq)?.sender === said.by) return { result: 'duplicate', ...known };",
    by: { title: 'L4: a retry after its author was removed' },
  },
  {
    rule: 'L4: an act refuses what is in the log',
    file: 'server/rooms/standing.ts',
    from: 'const known = room ? await act.store.known(room.id, clientIds) : new Map();',
    to: 'const known = new Map();',
    by: { title: 'L4: what was sent before its sender left is sent once more' },
  },
  {
    rule: 'L5: what is no message can be changed',
    file: MEMORY_TRANSACTION,
    from: "return row?.kind === 'message' ? row : undefined;",
    to: 'return row;',
    by: { title: 'L5: a reaction to what is no message' },
  },
  {
    rule: 'L6: an edit to the same text is one more',
    file: CHANGE,
    from: 'if (target.body === said.text && ',
    to: 'if (target.body === undefined && ',
    by: { title: 'L6: each change a second time' },
  },
  {
    rule: 'L6: a second deletion is refused',
    file: CHANGE,
    from: `return said.kind === 'delete'
`,
    to: `return said.kind === ('never' as string)
`,
    by: { title: 'L6: each change a second time' },
  },
  {
    rule: 'L6: a like that is not there is taken away once more',
    file: CHANGE,
    from: "if (!own) return { result: 'unchanged', seq: target.rev || target.seq };",
    to: 'if (!own) return storedAs(addChange(tx, room, by, said, target, said.emoji), room);',
    by: { title: 'L6: each change a second time' },
  },
  {
    rule: 'L6: what changes nothing is answered with another number',
    file: CHANGE,
    from: "if (own) return { result: 'unchanged', seq: own.seq };",
    to: "if (own) return { result: 'unchanged', seq: target.seq };",
    by: { title: 'L6: each change a second time' },
  },
  {
    rule: 'L7: a deletion leaves the text',
    file: CHANGE,
    from: `  target.body = '';
`,
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L8: an edit is not brought into the message',
    file: CHANGE,
    from: `  target.body = said.text;
`,
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L8: a like is not brought into the message',
    file: MEMORY_TRANSACTION,
    from: 'pushTo(this.#room(room).reactions, target.seq, reaction);',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
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
    rule: 'C12: a page around a message begins at it',
    file: 'server/store/centred.ts',
    from: 'const half = Math.floor(limit / 2);',
    to: 'const half = 0;',
    by: { test: 'server/store/memory/memory.test.ts', title: 'C12: half of a page is before the message' },
  },
  {
    rule: 'C12: around a time is by seq',
    file: MEMORY,
    from: '.sort((a, b) => a.at - b.at || a.seq - b.seq)',
    to: '',
    by: { test: 'server/store/memory/memory.test.ts', title: 'C12: around a time is around the message' },
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
  {
    rule: 'L12: what was deleted is still to be read',
    file: UNREAD,
    from: ' && row.deletedSeq === 0 &&',
    to: ' &&',
    by: { title: 'L12: messages of others after what was read' },
  },
  {
    rule: 'L12: who came and went is to be read too',
    file: UNREAD,
    from: "if (row?.kind === 'message' && row.deletedSeq === 0",
    to: 'if (row && row.deletedSeq === 0',
    by: { title: 'L12: messages of others after what was read' },
  },
  {
    rule: 'L12: one is told to read what one wrote oneself',
    file: DECIDE,
    from: `  by.readSeq = added.row.seq;
`,
    to: '',
    more: [{ file: UNREAD, from: '!own.some((member) => member.id === row.sender)', to: 'own.length > 0' }],
    by: { title: 'L12: messages of others after what was read' },
  },
  {
    rule: 'L12: sending does not say that one has read',
    file: DECIDE,
    from: `  by.readSeq = added.row.seq;
`,
    to: '',
    by: { title: 'L12: messages of others after what was read' },
  },
  {
    rule: 'L12: the first unread is the first of the room',
    file: MEMORY,
    from: 'unread(room, row.readSeq, [row], 1)[0]',
    to: 'unread(room, 0, [row], 1)[0]',
    by: { title: 'L12: messages of others after what was read' },
  },
  {
    rule: 'L12: unread are counted to the end',
    file: MEMORY,
    from: 'unread(room, read, own, UNREAD_MAX).length',
    to: 'unread(room, read, own, Infinity).length',
    by: { title: 'L12: more than a list can show' },
  },
  {
    rule: 'L12: reading goes back',
    file: MEMORY,
    from: 'Math.max(row.readSeq, Math.min(seq, head))',
    to: 'Math.min(seq, head)',
    by: { title: 'L12: what was read stays read' },
  },
  {
    rule: 'L12: reading goes beyond the head',
    file: MEMORY,
    from: 'Math.max(row.readSeq, Math.min(seq, head))',
    to: 'Math.max(row.readSeq, seq)',
    by: { title: 'L12: what was read stays read' },
  },
  {
    rule: 'C7: a page says too soon that nothing is older',
    file: MEMORY,
    from: 'atStart: fitting === newest.length,',
    to: 'atStart: true,',
    by: { title: 'C7: reading back to what was said first' },
  },
];
