// Every rule of delivery, and how it is taken away in one place of the real code: then a storm has to find a fault.

export interface Mutation {
  /** As PROTOCOL.md numbers it, and what is no longer true. */
  readonly rule: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** What notices: storms of a kind, or the scripted cases. */
  readonly by: 'delivery' | 'rewind' | 'presence' | 'cases';
  /** What has to go with it, where either alone keeps the rule. */
  readonly more?: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** Which was seen to find it: tried first. Any change of the code may make it another one. */
  readonly seed: number;
}

const BATCHES = 'server/log/batches.ts';
const CURSOR = 'server/log/room-cursor.ts';
const CURSORS = 'server/log/cursors.ts';
const CATCH_UP = 'server/log/catch-up.ts';
const PRESENCE = 'server/log/presence.ts';
const LEASE = 'server/log/lease.ts';
const ROOM_LOG = 'server/log/room-log.ts';
const DECIDE = 'server/store/decide.ts';
const STORED_PRESENCE = 'server/store/presence.ts';
const MEMORY = 'server/store/memory/memory-store.ts';
const MEMORY_TRANSACTION = 'server/store/memory/memory-transaction.ts';
const OUTBOX = 'web/connection/outbox.ts';
const QUEUE = 'web/connection/outbox-queue.ts';
const LINK = 'web/connection/room-link.ts';
const TIMELINE = 'web/state/timeline.ts';
const APPLY = 'web/state/apply.ts';
const CHANGE = 'web/state/message-change.ts';

const PAGE_COMPARES = 'if (entry.seq === state.last.seq && entry.id !== state.last.id) return stale(state);';
const JOIN = `  await enterRoom(act, caller, room, member);
  const read = await missed(act, room, request.after);`;
const JOIN_THE_WRONG_WAY = `  const read = await missed(act, room, request.after);
  await enterRoom(act, caller, room, member);`;

export const MUTATIONS: readonly Mutation[] = [
  // The table.
  {
    rule: 'C9: heads are not compared',
    file: CURSORS,
    from: "cursor.compare(heads.get(cursor.room) ?? { seq: 0, id: '' }, before);",
    to: ';',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'C1: join reads, and then subscribes',
    file: 'server/rooms/join-room.ts',
    from: JOIN,
    to: JOIN_THE_WRONG_WAY,
    by: 'cases',
    seed: 6,
  },
  {
    rule: 'C5: a browser applies whatever is higher',
    file: TIMELINE,
    from: 'if (entry.seq > state.last.seq + 1) return hold(state, entry);',
    to: '',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'C5: a browser applies what is lower',
    file: TIMELINE,
    from: 'if (entry.seq <= state.last.seq) return state;',
    to: '',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'C5: what came too early is not asked for, and C1: join reads before it subscribes',
    file: LINK,
    from: 'else if (timeline.hasGap(this.#state)) void this.#catchUp();',
    to: '',
    more: [{ file: 'server/rooms/join-room.ts', from: JOIN, to: JOIN_THE_WRONG_WAY }],
    by: 'delivery',
    seed: 6,
  },
  {
    rule: 'L3: a client id is stored as often as it is sent',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: 'void known;',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L3: a duplicate is answered with an error',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: "if (known) return { result: 'refused', code: 'invalid' };",
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'S2: what is written later does not wait for an answer',
    file: OUTBOX,
    from: 'if (!maySend || this.#flight || this.#pause ||',
    to: 'if (!maySend || (this.#flight && !this.#queue.items.some((item) => !item.tried && !item.refusal)) || this.#pause ||',
    more: [
      {
        file: OUTBOX,
        from: `    const items = await this.#queue.change((before) => queue.markedTried(before, queue.nextGroup(before, most)));
    return queue.nextGroup(items, most);`,
        to: `    let group: Items = [];
    await this.#queue.change((before) => {
      group = queue.nextGroup(before.filter((item) => !item.tried), most);
      if (group.length === 0) group = queue.nextGroup(before, most);
      return queue.markedTried(before, group);
    });
    return group;`,
      },
    ],
    by: 'delivery',
    seed: 1,
  },
  // Client ids, and one queue.
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
    by: 'delivery',
    seed: 43,
  },
  {
    rule: 'S3: an edit changes the body of what was tried',
    file: QUEUE,
    from: 'if (!own || own.tried) return added(items, change, stamp);',
    to: 'if (!own) return added(items, change, stamp);',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'S3: a deletion takes away what was tried',
    file: QUEUE,
    from: 'if (!own || (own.tried && !own.refusal))',
    to: 'if (!own)',
    by: 'delivery',
    seed: 2,
  },
  {
    rule: 'S3: nothing is marked as tried',
    file: QUEUE,
    from: '{ ...item, tried: true }',
    to: 'item',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'S1: what was sent is forgotten before it is answered',
    file: OUTBOX,
    from: '    const delivery = await deliver(',
    to: '    void this.#queue.change((items) => items.filter((item) => !group.includes(item)));\n    const delivery = await deliver(',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'S4: what was refused goes again under its old client id',
    file: QUEUE,
    from: 'return added(without(items, clientId), want, stamp);',
    to: 'return added(without(items, clientId), want, { ...stamp, clientId });',
    by: 'delivery',
    seed: 3,
  },
  {
    rule: 'S5: an acknowledgement does not settle what waits',
    file: OUTBOX,
    from: 'const left = stored.reduce((before, { item, seq }) => queue.settled(before, item.clientId, seq), items);',
    to: 'const left = items;',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'S7: what was not answered is given up',
    file: OUTBOX,
    from: '      this.offline();\n      this.#parts.events.silent();',
    to: '      this.#settle(group.map((item) => ({ item, seq: 0 })), []);',
    by: 'delivery',
    seed: 4,
  },
  {
    rule: 'S7: nothing is sent again',
    file: OUTBOX,
    from: '    this.#isOnline = true;',
    to: '    this.#isOnline = this.#attempt === 0;',
    by: 'delivery',
    seed: 22,
  },
  // Changes.
  {
    rule: 'L5: whoever wants to may edit and delete',
    file: DECIDE,
    from: 'if (ownsOnly && target.sender !== by.id)',
    to: "if (ownsOnly && target.sender === 'nobody')",
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L5: what was deleted can be changed',
    file: DECIDE,
    from: 'if (target.deletedSeq > 0) {',
    to: 'if (target.deletedSeq > room.seq) {',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L5: who was removed goes on writing',
    file: DECIDE,
    from: "if (!by?.held || by.room !== room.id) return { result: 'refused', code: 'notMember' };\n  switch",
    to: "if (!by || by.room !== room.id) return { result: 'refused', code: 'notMember' };\n  switch",
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L6: a second like is one more',
    file: DECIDE,
    from: "if (own) return { result: 'unchanged', seq: own.seq };",
    to: '',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L7: a deletion leaves the reactions',
    file: MEMORY_TRANSACTION,
    from: 'state.reactions.delete(target.seq);',
    to: '',
    by: 'delivery',
    seed: 4,
  },
  {
    rule: 'L7: edits of what was deleted are still read',
    file: MEMORY_TRANSACTION,
    from: "change.kind = 'void';",
    to: '',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L8: rev is of edits alone',
    file: DECIDE,
    from: '  target.rev = added.row.seq;\n  return added;',
    to: "  if (kind === 'edit') target.rev = added.row.seq;\n  return added;",
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L8: messages are read as they were first',
    file: 'server/store/rows.ts',
    from: 'if (row.rev > 0) message.rev = row.rev;',
    to: '',
    by: 'delivery',
    seed: 1,
  },
  // Reading while things change, and resets.
  {
    rule: 'C6: changes are not kept while history is on its way',
    file: APPLY,
    from: 'state.asking > 0 ? [...state.kept, change] : state.kept',
    to: 'state.kept',
    by: 'delivery',
    seed: 13,
  },
  {
    rule: 'C6: kept changes are not applied to what history brings',
    file: TIMELINE,
    from: '(change) => change.seq > reply.head',
    to: '() => false',
    by: 'delivery',
    seed: 13,
  },
  {
    rule: 'C6: a change that is in the row is applied again',
    file: CHANGE,
    from: 'change.seq <= (message.rev ?? message.seq) || message.deleted',
    to: 'message.deleted',
    by: 'delivery',
    seed: 41,
  },
  {
    rule: 'C7: a loaded row is added again',
    file: TIMELINE,
    from: "entry.kind !== 'message' || entry.seq >= before",
    to: "entry.kind !== 'message'",
    more: [{ file: LINK, from: ' || this.#state.asking > 0) return', to: ') return' }],
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'C7: paging moves the last applied seq',
    file: TIMELINE,
    from: 'historyEnded(readAt({ ...state, lines, atStart: reply.atStart }, reply))',
    to: 'historyEnded(readAt({ ...state, lines, atStart: reply.atStart, last: { seq: reply.head, id: reply.headId } }, reply))',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'C8: a reset keeps the rows',
    file: TIMELINE,
    from: '    lines: reply.entries.filter(isLine),',
    to: '    lines: [...state.lines, ...reply.entries.filter(isLine)],',
    by: 'delivery',
    seed: 3,
  },
  {
    rule: 'C8: a reset keeps what the old timeline was to be given',
    file: LINK,
    from: "    if (era !== this.#era) return { kind: 'lost' };",
    to: '',
    by: 'cases',
    seed: 12,
  },
  // Rewinds.
  {
    rule: 'C10: neither nodes nor pages compare ids',
    file: CURSOR,
    from: "return a.seq === b.seq && a.id !== b.id && a.id !== '' && b.id !== '';",
    to: 'return false;',
    more: [{ file: TIMELINE, from: PAGE_COMPARES, to: '' }],
    by: 'rewind',
    seed: 93,
  },
  {
    rule: 'C10: nodes do not notice a lower head',
    file: CURSOR,
    from: 'if (head.seq < before.seq || isOther(head, before)) this.#startAnew(head);',
    to: 'if (isOther(head, before)) this.#startAnew(head);',
    by: 'rewind',
    seed: 11,
  },
  {
    rule: 'C10: connections are not told of another history',
    file: ROOM_LOG,
    from: 'audience.rewound(room);',
    to: ';',
    by: 'rewind',
    seed: 1,
  },
  {
    rule: 'C4: the entry at `after` is not compared',
    file: MEMORY,
    from: "const isOther = id !== '' && after >= row.first && log[after - 1]?.id !== id;",
    to: 'const isOther = false;',
    by: 'rewind',
    seed: 3,
  },
  {
    rule: 'C10: who is here is not said again',
    file: ROOM_LOG,
    from: 'void this.#presence.startAnew();',
    to: '',
    by: 'cases',
    seed: 10,
  },
  {
    rule: 'C4: rows read ahead of a log that then went back are kept',
    file: TIMELINE,
    from: '  return { ...next, ahead, isStale: state.isStale || expected !== entry.id };',
    to: '  return { ...next, ahead };',
    by: 'cases',
    seed: 13,
  },
  {
    rule: 'L3: the last body wins',
    file: DECIDE,
    from: "if (known) return { result: 'duplicate', ...known };",
    to: "if (known) { const row = tx.message(room.id, known.seq); if (row && said.kind === 'message') row.body = said.text; return { result: 'duplicate', ...known }; }",
    by: 'cases',
    seed: 3,
  },
  // Commits.
  {
    rule: 'L2: answered before the commit',
    file: BATCHES,
    from: '    const outcomes = await this.#store(groups.flatMap((group) => group.writes));',
    to: "    const early = groups.flatMap((group) => group.writes);\n    const outcomes = await Promise.race([this.#store(early), Promise.resolve(early.map((): Outcome => ({ result: 'duplicate', seq: 1, id: 'x' as never, at: 0 })))]);",
    by: 'delivery',
    seed: 1,
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
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'L10: an unknown outcome is taken for a refusal',
    file: BATCHES,
    from: "return refuseAll(writes, 'unavailable', UNAVAILABLE_RETRY_MS);",
    to: "return refuseAll(writes, 'forbidden');",
    by: 'delivery',
    seed: 3,
  },
  {
    rule: 'L10: a poison item fails its batch',
    file: BATCHES,
    from: 'if (error instanceof Unstorable) return this.#storeHalves(writes);',
    to: "if (error instanceof Unstorable) return refuseAll(writes, 'unavailable', 1_000);",
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'R4: what stands behind an item that comes again is stored',
    file: BATCHES,
    from: '...(stopped ? rest.map(() => stopped) : await this.#store(rest))',
    to: '...(await this.#store(rest))',
    by: 'cases',
    seed: 14,
  },
  // Nodes.
  {
    rule: 'C9: what this node commits is not told to its connections',
    file: CURSORS,
    from: 'this.#rooms.get(room)?.cursor.committed(news);',
    to: '',
    by: 'delivery',
    seed: 20,
  },
  {
    rule: 'C9: hints with a hole before them are delivered',
    file: CURSOR,
    from: 'news.entries && news.from <= delivered.seq + 1',
    to: 'news.entries',
    by: 'delivery',
    seed: 1,
  },
  {
    rule: 'C9: a hole is not read from the store',
    file: CURSOR,
    from: 'else this.#repairSoon(news.to.seq, REPAIR_AFTER_MS);',
    to: '',
    by: 'delivery',
    seed: 64,
  },
  {
    rule: 'C9: what is delivered already is delivered again',
    file: CURSOR,
    from: 'const next = entries.filter((entry) => entry.seq > after);',
    to: 'const next = entries;',
    by: 'delivery',
    seed: 3,
  },
  {
    rule: 'C9: a cursor that could not start is kept',
    file: CURSORS,
    from: 'started.catch(() => this.#drop(followed));',
    to: 'started.catch(() => undefined);',
    by: 'delivery',
    seed: 79,
  },
  {
    rule: 'C3: a shared answer may be older than what the asker’s room was told',
    file: CATCH_UP,
    from: '|| answer.head.seq < told ||',
    to: '||',
    by: 'cases',
    seed: 19,
  },
  {
    rule: 'C3: a shared page may be older than what the asker’s room was told',
    file: CATCH_UP,
    from: 'if (page.head.seq >= told) return page;',
    to: 'return page;',
    by: 'cases',
    seed: 3,
  },
  {
    rule: 'C3: a shared answer is given from the wrong place on',
    file: CATCH_UP,
    from: '.filter((entry) => entry.seq > after) };',
    to: '.filter((entry) => entry.seq > after + 1) };',
    by: 'cases',
    seed: 18,
  },
  {
    rule: 'C9: nobody is told what a duplicate shows',
    file: CURSORS,
    from: 'for (const [room, head] of duplicatesByRoom(writes, outcomes)) {',
    to: 'for (const [room, head] of duplicatesByRoom(writes, [])) {',
    by: 'cases',
    seed: 15,
  },
  {
    rule: 'R7: a reply that was cut short is taken for all',
    file: LINK,
    from: '    if (this.#isBehind(reply.head)) void this.#catchUp();\n    else this.#attempt = 0;',
    to: '    this.#attempt = 0;',
    by: 'cases',
    seed: 20,
  },
  // Presence.
  {
    rule: 'P4: a node whose lease ran out goes on under the old id',
    file: 'server/store/node-lease.ts',
    from: 'until === undefined ? isNew : until > tx.now',
    to: 'true',
    more: [
      {
        file: STORED_PRESENCE,
        from: "if (!hasLease(tx, write.node)) return { result: 'refused', code: 'fenced' };",
        to: '',
      },
    ],
    by: 'presence',
    seed: 2,
  },
  {
    rule: 'P4: live rows are not written again under a new id',
    file: PRESENCE,
    from: '      void this.#settle(local);\n    }\n  }\n\n  #reapLater',
    to: '      void local;\n    }\n  }\n\n  #reapLater',
    by: 'presence',
    seed: 2,
  },
  {
    rule: 'P4: nobody tells of the members of a dead node',
    file: PRESENCE,
    from: 'const ghosts = await this.#parts.store.ghosts(this.#reapMs);',
    to: 'const ghosts = (await this.#parts.store.ghosts(this.#reapMs)).slice(0, 0);',
    by: 'presence',
    seed: 1,
  },
  {
    rule: 'P2: every node tells of an arrival',
    file: STORED_PRESENCE,
    from: '  if (other) {',
    to: '  if (other && rows.some((row) => row.node === write.node)) {',
    by: 'presence',
    seed: 1,
  },
  {
    rule: 'P2: every node tells of a departure',
    file: STORED_PRESENCE,
    from: 'if (rows.length > gone.length) return',
    to: 'if (rows.length < gone.length) return',
    by: 'presence',
    seed: 1,
  },
  {
    rule: 'P2: a presence write that was not answered is not made again',
    file: PRESENCE,
    from: 'if (!this.#isSettled(local)) this.#settleLater(local);\n      else if',
    to: 'if',
    by: 'presence',
    seed: 4,
  },
  {
    rule: 'P2: an arrival that went unanswered is not taken back',
    file: PRESENCE,
    from: "told === undefined || (told.kind === 'depart' && told.isSure)",
    to: "told === undefined || !told.isSure || told.kind === 'depart'",
    by: 'presence',
    seed: 13,
  },
  {
    rule: 'P1: the first tab that closes takes the member with it',
    file: PRESENCE,
    from: 'if (local.connections > 0 || this.#stopped) return;',
    to: 'local.connections = 0;',
    by: 'presence',
    seed: 6,
  },
];
