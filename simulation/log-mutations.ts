// What a node does with a log: rules taken away from committing, delivering and catching up.
import type { Mutation } from './mutation.ts';

const BATCHES = 'server/log/batches.ts';
const CURSOR = 'server/log/room-cursor.ts';
const CURSORS = 'server/log/cursors.ts';
const CATCH_UP = 'server/log/catch-up.ts';
const ROOM_LOG = 'server/log/room-log.ts';
const TIMELINE = 'web/state/timeline.ts';

const PAGE_COMPARES = 'if (entry.seq === state.last.seq && entry.id !== state.last.id) return stale(state);';

const JOIN = `  await enterRoom(act, caller, room, member);
  const read = await missed(act, room, request.after);`;
const JOIN_THE_WRONG_WAY = `  const read = await missed(act, room, request.after);
  await enterRoom(act, caller, room, member);`;

export const LOG_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'C9: heads are not compared',
    file: CURSORS,
    from: "cursor.compare(heads.get(cursor.room) ?? { seq: 0, id: '' }, before);",
    to: ';',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C1: join reads, and then subscribes',
    file: 'server/rooms/join-room.ts',
    from: JOIN,
    to: JOIN_THE_WRONG_WAY,
    by: { title: 'C8: a deletion inside a reset' },
  },
  {
    rule: 'C10: neither nodes nor pages compare ids',
    file: CURSOR,
    from: "return a.seq === b.seq && a.id !== b.id && a.id !== '' && b.id !== '';",
    to: 'return false;',
    more: [{ file: TIMELINE, from: PAGE_COMPARES, to: '' }],
    by: { title: 'C10: a store that went back, and has grown to the same seq' },
  },
  {
    rule: 'C10: nodes do not notice a lower head',
    file: CURSOR,
    from: 'if (head.seq < before.seq || isOther(head, before)) this.#startAnew(head);',
    to: 'if (isOther(head, before)) this.#startAnew(head);',
    by: { storm: 'rewind', seed: 11 },
  },
  {
    rule: 'C10: connections are not told of another history',
    file: ROOM_LOG,
    from: 'this.#parts.audience.rewound(room);',
    to: ';',
    by: { storm: 'rewind', seed: 1 },
  },
  {
    rule: 'C10: who is here is not said again',
    file: ROOM_LOG,
    from: 'this.#presence.startAnew().catch(failed);',
    to: '',
    by: { title: 'C10: a store rewound under a live node' },
  },
  {
    rule: 'L2: answered before the commit',
    file: BATCHES,
    from: '    const outcomes = await this.#store(groups.flatMap((group) => group.writes));',
    to: "    const early = groups.flatMap((group) => group.writes);\n    const outcomes = await Promise.race([this.#store(early), Promise.resolve(early.map((): Outcome => ({ result: 'duplicate', seq: 1, id: 'x' as never, at: 0 })))]);",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L2: shown before the commit',
    file: BATCHES,
    from: '    const started = clock.now();',
    to: `    const started = clock.now();
    const [write] = writes;
    const heads = write && (await (store as unknown as { heads: (rooms: unknown[]) => Promise<Map<unknown, { seq: number }>> }).heads([write.room]));
    if (write?.kind === 'message') {
      const entry = { kind: 'message', room: 'tea', seq: (heads?.get(write.room)?.seq ?? 0) + 1, id: 'early', at: 0, by: { id: write.by, name: '' }, clientId: write.clientId, text: write.text };
      this.#parts.committed([write], [{ result: 'stored', at: 0, after: '', entry: entry as never }]);
    }`,
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'L10: an unknown outcome is taken for a refusal',
    file: BATCHES,
    from: "return refuseAll(writes, 'unavailable', UNAVAILABLE_RETRY_MS);",
    to: "return refuseAll(writes, 'forbidden');",
    by: { storm: 'delivery', seed: 3 },
  },
  {
    rule: 'L10: a poison item fails its batch',
    file: BATCHES,
    from: 'if (error instanceof Unstorable) return this.#storeHalves(writes);',
    to: "if (error instanceof Unstorable) return refuseAll(writes, 'unavailable', 1_000);",
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'R4: what stands behind an item that comes again is stored',
    file: BATCHES,
    from: '...(stopped ? rest.map(() => stopped) : await this.#store(rest))',
    to: '...(await this.#store(rest))',
    by: { title: 'R4: an item that comes again before others of its request' },
  },
  {
    rule: 'C9: what this node commits is not told to its connections',
    file: CURSORS,
    from: 'this.#rooms.get(room)?.cursor.committed(news);',
    to: '',
    by: { test: 'server/log/cursors.test.ts', title: 'C9: show what either stores, at once' },
  },
  {
    rule: 'C9: hints with a hole before them are delivered',
    file: CURSOR,
    from: 'news.entries && news.from <= delivered.seq + 1',
    to: 'news.entries',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C9: a hole is not read from the store',
    file: CURSOR,
    from: 'else this.#repairSoon(news.to.seq, REPAIR_AFTER_MS);',
    to: '',
    by: { title: 'C9: a hint after one that was lost' },
  },
  {
    rule: 'C9: what is delivered already is delivered again',
    file: CURSOR,
    from: 'const next = entries.filter((entry) => entry.seq > after);',
    to: 'const next = entries;',
    by: { storm: 'delivery', seed: 3 },
  },
  {
    rule: 'C9: a cursor that could not start is kept',
    file: CURSORS,
    from: 'started.catch(() => this.#drop(followed)).catch(failed);',
    to: 'started.catch(() => undefined);',
    by: { storm: 'delivery', seed: 127 },
  },
  {
    rule: 'C3: a shared answer may be older than what the asker’s room was told',
    file: CATCH_UP,
    from: 'if (answer.head.seq < told) return undefined;',
    to: '',
    more: [{ file: ROOM_LOG, from: 'this.#catchUp.delivered(room, entries);', to: '' }],
    by: { title: 'C3: who comes back after something was said to the others' },
  },
  {
    rule: 'C3: a shared page may be older than what the asker’s room was told',
    file: CATCH_UP,
    from: 'fits: (page) => (page.head.seq >= told ? page : undefined),',
    to: 'fits: (page) => page,',
    more: [{ file: ROOM_LOG, from: 'this.#catchUp.delivered(room, entries);', to: '' }],
    by: { title: 'L3: a duplicate with another text' },
  },
  {
    rule: 'C3: a shared answer is given from the wrong place on',
    file: CATCH_UP,
    from: 'const entries = answer.entries.filter((entry) => entry.seq > after);',
    to: 'const entries = answer.entries.filter((entry) => entry.seq > after + 1);',
    by: { title: 'C3: two who come back one after the other, from two places' },
  },
  {
    rule: 'C3: a shared page has messages as they were before a change',
    file: 'server/log/growing.ts',
    from: '  if (!news || changesRead(entries)) return undefined;',
    to: '  if (!news) return undefined;',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C9: nobody is told what a duplicate shows',
    file: CURSORS,
    from: 'for (const [room, head] of duplicatesByRoom(writes, outcomes)) {',
    to: 'for (const [room, head] of duplicatesByRoom(writes, [])) {',
    by: { title: 'C9: a commit whose answer was lost' },
  },
  {
    rule: 'C9: a silent bus is not suspected',
    file: CURSORS,
    from: 'if (clock.now() - this.#heardOwnAt > SILENT_AFTER_MS) this.#suspect();',
    to: '',
    by: { title: 'C9: a bus that has fallen silent without an error' },
  },
];
