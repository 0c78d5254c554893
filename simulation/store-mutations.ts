// What is decided in the transaction: rules taken away from the store.
import type { Mutation } from './mutation.ts';

const DECIDE = 'server/store/decide.ts';
const CHANGE = 'server/store/decide-change.ts';
const MEMORY = 'server/store/memory/memory-store.ts';
const MEMORY_TRANSACTION = 'server/store/memory/memory-transaction.ts';

export const STORE_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'L2: a message is acknowledged with the seq of another one, and never stored',
    file: DECIDE,
    from: "  const added = addEntry(tx, room, by, { kind: 'message', clientId, body: text, replyTo, mentions });",
    to: "  if (room.seq % 7 === 3) return { result: 'duplicate', seq: room.seq, id: room.lastId, at: room.at };\n  const added = addEntry(tx, room, by, { kind: 'message', clientId, body: text, replyTo, mentions });",
    by: { storm: 'delivery', seed: 1 },
  },
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
    by: { storm: 'delivery', seed: 113 },
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
    rule: 'C7: a page says too soon that nothing is older',
    file: MEMORY,
    from: 'atStart: fitting === newest.length,',
    to: 'atStart: true,',
    by: { title: 'C7: reading back to what was said first' },
  },
];
