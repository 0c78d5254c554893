// What keeps the nodes in step over a bus that only hints: rules taken away.
import type { Mutation } from './mutation.ts';

const CURSOR = 'server/log/room-cursor.ts';
const CURSORS = 'server/log/cursors.ts';

export const BUS_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'C9: a node reads the head, and then subscribes',
    file: CURSORS,
    from: 'this.#parts.bus.subscribe(room).then(() => cursor.start())',
    to: 'cursor.start().then(() => this.#parts.bus.subscribe(room))',
    by: { title: 'C9: the first one in a room' },
  },
  {
    rule: 'C9: what is hinted before the first head is known is forgotten',
    file: CURSOR,
    from: 'this.#early.push(news);',
    to: '',
    by: { title: 'C9: a hint before the first head' },
  },
  {
    rule: 'C9: digests name no heads',
    file: CURSORS,
    from: 'bus.announce(encodeDigest({ node: node(), heads }));',
    to: 'bus.announce(encodeDigest({ node: node(), heads: [] }));',
    by: { title: 'C9: the last hint was lost' },
  },
  {
    rule: 'C9: a bus that says that it is away is not suspected',
    file: CURSORS,
    from: 'suspect: () => this.#suspect(),',
    to: 'suspect: () => undefined,',
    by: { title: 'C9: a bus that says that it is away' },
  },
  {
    rule: 'C9: heads are not compared more often while the bus is suspect',
    file: CURSORS,
    from: 'const CHECK_WHEN_SUSPECT_MS = 1_000;',
    to: 'const CHECK_WHEN_SUSPECT_MS = 10_000;',
    by: { title: 'C9: a bus that has fallen silent without an error' },
  },
  {
    rule: 'C9: heads are not compared when the bus is there again',
    file: CURSORS,
    from: 'gap: () => void this.#checkAll().catch(failed),',
    to: 'gap: () => undefined,',
    by: { title: 'C9: a bus that is there again' },
  },
  {
    rule: 'C9: a room without anybody is followed for ever',
    file: CURSORS,
    from: 'followed.cancelForget = this.#parts.clock.after(FORGET_AFTER_MS, () => this.#drop(followed));',
    to: '',
    by: { title: 'C9: a room that nobody is in any more' },
  },
  {
    rule: 'C9: a room is left with its last connection',
    file: CURSORS,
    from: 'const FORGET_AFTER_MS = 60_000;',
    to: 'const FORGET_AFTER_MS = 0;',
    by: { title: 'C9: a room that nobody is in any more' },
  },
  {
    rule: 'C9: whoever may not see an entry is not told that it is there',
    file: 'server/store/memory/memory-store.ts',
    from: 'const entries = log.slice(after, after + limit).map((entry) => entryIn(state, entry));',
    to: "const entries = log.slice(after, after + limit).map((entry) => entryIn(state, entry)).filter((entry) => entry.kind !== 'void');",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C10: a digest does not say which entry it means',
    file: CURSORS,
    from: '[[cursor.room, cursor.delivered.seq, cursor.delivered.id] as const]',
    to: "[[cursor.room, cursor.delivered.seq, '' as const] as const]",
    by: { title: 'C10: a node that has noticed it tells the others' },
  },
  {
    rule: 'C10: a cursor goes on where it was in the history that is gone',
    file: CURSOR,
    from: '    this.#delivered = { seq: head.seq, id: head.id };\n    this.#target = head.seq;',
    to: '',
    by: { storm: 'rewind', seed: 1 },
  },
  {
    rule: 'C10: what was read of the history that is gone is still given',
    file: 'server/log/room-log.ts',
    from: 'this.#catchUp.forget(room);',
    to: '',
    by: { title: 'C10: coming in right after the store went back' },
  },
];
