// What a page does: rules taken away from the outbox, the room link and the timeline.
import type { Mutation } from './mutation.ts';

const OUTBOX = 'web/connection/outbox.ts';
const LOCK = 'web/connection/sending-lock.ts';
const QUEUE = 'web/connection/outbox-queue.ts';
const LINK = 'web/connection/room-link.ts';
const TIMELINE = 'web/state/timeline.ts';
const APPLY = 'web/state/apply.ts';
const CHANGE = 'web/state/message-change.ts';
const JOIN_ROOM = 'server/rooms/join-room.ts';

const IS_TOO_FAR = 'if (!after || act.log.told(room.id) - after[0] > JOIN_MAX_MISSED) ';

const JOIN = `  await enterRoom(act, caller, room, member);
  const read = await missed(act, room, request.after);`;
const JOIN_THE_WRONG_WAY = `  const read = await missed(act, room, request.after);
  await enterRoom(act, caller, room, member);`;

export const PAGE_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'C5: a browser applies whatever is higher',
    file: TIMELINE,
    from: 'if (entry.seq > state.last.seq + 1) return hold(state, entry);',
    to: '',
    by: { title: 'C5: something is said while what was missed comes in parts' },
  },
  {
    rule: 'C5: a browser applies what is lower',
    file: TIMELINE,
    from: 'if (entry.seq <= state.last.seq) return state;',
    to: '',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C5: what came too early is not asked for, and C1: join reads before it subscribes',
    file: LINK,
    from: 'else if (timeline.hasGap(this.#state)) void this.#catchUp();',
    to: '',
    more: [{ file: JOIN_ROOM, from: JOIN, to: JOIN_THE_WRONG_WAY }],
    by: { storm: 'delivery', seed: 6 },
  },
  {
    rule: 'S2: what is written now does not wait for what a session that ran out has left',
    file: OUTBOX,
    from: 'this.#adoptions === 0 && ',
    to: '',
    by: { title: 'S2: written at once after coming in again, with something left from before' },
  },
  {
    rule: 'S6: every tab sends',
    file: OUTBOX,
    from: 'return this.#isSender || this.#queue.isHereAlone(item);',
    to: 'return true;',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S6: a hidden tab keeps the lock from one that is opened later',
    file: LOCK,
    from: "if (this.#isSeen) return this.#parts.say('held');",
    to: "return this.#parts.say('held');",
    by: { title: 'S6: a page that was hidden before the next one was opened' },
  },
  {
    rule: 'S6: a tab that is suspended keeps the lock',
    file: LOCK,
    from: 'this.#patience = this.#parts.clock.after(PATIENCE_MS, () => this.#takeAway());',
    to: '',
    by: { title: 'S6: a page that is suspended with the lock' },
  },
  {
    rule: 'S6: a tab that was suspended does not notice that it lost the lock',
    file: LOCK,
    from: `    void this.#parts.setSender(false);
    this.#ask();`,
    to: '    this.#ask();',
    by: { title: 'S6: a page that is suspended with the lock' },
  },
  {
    rule: 'S6: a tab that was suspended sends before it can have noticed',
    file: OUTBOX,
    from: '    await this.#parts.turnConfirmed();',
    to: '',
    by: { title: 'S6: a page that is suspended as it is about to send' },
  },
  {
    rule: 'S2: a tab gives way while its request is under way',
    file: LOCK,
    from: '    await this.#parts.setSender(false);\n    release?.();',
    to: '    void this.#parts.setSender(false);\n    release?.();',
    by: { title: 'S2: a page that is hidden with a request under way' },
  },
  {
    rule: 'S2: what is written later does not wait for an answer',
    file: OUTBOX,
    from: 'if (!next || !this.#isOurs(next) || !mayNow || this.#flight || this.#pause) return;',
    to: 'if (!next || !this.#isOurs(next) || !mayNow || (this.#flight && !this.#queue.items.some((item) => !item.tried && !item.refusal)) || this.#pause) return;',
    more: [
      {
        file: OUTBOX,
        from: `    const chosen = new Set<ClientId>();
    const items = await this.#queue.change((before) => {
      for (const { clientId } of queue.nextGroup(before, most)) chosen.add(clientId);
      return queue.markedTried(before, chosen);
    });
    return queue.tried(queue.nextGroup(items, most));`,
        to: `    let group: Items = [];
    await this.#queue.change((before) => {
      group = queue.nextGroup(before.filter((item) => !item.tried), most);
      if (group.length === 0) group = queue.nextGroup(before, most);
      return queue.markedTried(before, new Set(group.map(({ clientId }) => clientId)));
    });
    return group;`,
      },
    ],
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S3: an edit changes the body of what was tried',
    file: QUEUE,
    from: 'if (!own || own.tried) return added(items, edit, stamp);',
    to: 'if (!own) return added(items, edit, stamp);',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S3: a deletion takes away what was tried',
    file: QUEUE,
    from: 'if (!own || (own.tried && !own.refusal))',
    to: 'if (!own)',
    by: { storm: 'delivery', seed: 2 },
  },
  {
    rule: 'S3: nothing is marked as tried',
    file: QUEUE,
    from: '{ ...item, tried: true }',
    to: 'item',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S1: what was sent is forgotten before it is answered',
    file: OUTBOX,
    from: '    const delivery = await deliver(',
    to: '    void this.#queue.change((items) => items.filter((item) => !group.includes(item)));\n    const delivery = await deliver(',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S4: what was refused goes again under its old client id',
    file: QUEUE,
    from: 'return added(without(items, clientId), want, stamp);',
    to: 'return added(without(items, clientId), want, { ...stamp, clientId });',
    by: { storm: 'delivery', seed: 3 },
  },
  {
    rule: 'S5: an acknowledgement does not settle what waits',
    file: OUTBOX,
    from: 'const left = stored.reduce((before, { item, seq }) => queue.settled(before, item.clientId, seq), items);',
    to: 'const left = items;',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S7: what was not answered is given up',
    file: OUTBOX,
    from: '      this.offline();\n      this.#parts.events.silent();',
    to: '      this.#settle(group.map((item) => ({ item, seq: 0 })), []);',
    by: { storm: 'delivery', seed: 4 },
  },
  {
    rule: 'S7: nothing is sent again',
    file: OUTBOX,
    from: '    this.#isOnline = true;',
    to: '    this.#isOnline = this.#attempt === 0;',
    by: { storm: 'delivery', seed: 22 },
  },
  {
    rule: 'C6: changes are not kept while history is on its way',
    file: APPLY,
    from: 'state.asking + state.lookedUp.asking > 0 ? [...state.kept, change] : state.kept',
    to: 'state.kept',
    by: { title: 'C6: a deletion while history is on its way' },
  },
  {
    rule: 'C6: kept changes are not applied to what history brings',
    file: TIMELINE,
    from: '(change) => change.seq > reply.head',
    to: '() => false',
    by: { title: 'C6: a deletion while history is on its way' },
  },
  {
    rule: 'C6: a change that is in the row is applied again',
    file: CHANGE,
    from: 'change.seq <= (message.rev ?? message.seq) || message.deleted',
    to: 'message.deleted',
    by: {
      test: 'web/state/timeline.test.ts',
      title: 'C6: a row that is read in its present state is not changed again by what is in it already',
    },
  },
  {
    rule: 'C7: a loaded row is added again',
    file: TIMELINE,
    from: "entry.kind !== 'message' || entry.seq >= before",
    to: "entry.kind !== 'message'",
    more: [
      { file: LINK, from: '(this.#state.atStart || this.#state.asking > 0)', to: 'this.#state.atStart' },
      { file: LINK, from: 'const isAsked = question === this.#question;', to: 'const isAsked = true;' },
    ],
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C7: paging moves the last applied seq',
    file: TIMELINE,
    from: 'historyEnded(readAt({ ...state, lines, atStart: reply.atStart }, reply))',
    to: 'historyEnded(readAt({ ...state, lines, atStart: reply.atStart, last: { seq: reply.head, id: reply.headId } }, reply))',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'C8: a reset keeps the rows',
    file: TIMELINE,
    from: '    lines: reply.entries.filter(isLine),',
    to: '    lines: [...state.lines, ...reply.entries.filter(isLine)],',
    by: { storm: 'delivery', seed: 3 },
  },
  {
    rule: 'C8: a reset keeps what the old timeline was to be given',
    file: LINK,
    from: '    if (era !== this.#era) return lost;',
    to: '',
    by: { title: 'C8: history asked for before a reset, and answered after it' },
  },
  {
    rule: 'C4: rows read ahead of a log that then went back are kept',
    file: TIMELINE,
    from: '  return { ...next, ahead, isStale: state.isStale || expected !== entry.id };',
    to: '  return { ...next, ahead };',
    by: { title: 'C4: rows read ahead of a log that then goes another way' },
  },
  {
    rule: 'R7: a reply that was cut short is taken for all',
    file: LINK,
    from: '    if (this.#isBehind(reply.head)) void this.#catchUp();\n    else this.#attempt = 0;',
    to: '    this.#attempt = 0;',
    by: { title: 'R7: more was missed than one reply has room for' },
  },
  {
    rule: 'C2: coming back starts the room over',
    file: JOIN_ROOM,
    from: IS_TOO_FAR,
    to: '',
    by: { title: 'C2: coming back after a moment' },
  },
  {
    rule: 'C2: coming back is never too far',
    file: JOIN_ROOM,
    from: IS_TOO_FAR,
    to: 'if (!after) ',
    more: [
      {
        file: JOIN_ROOM,
        from: 'return read.head - after[0] > JOIN_MAX_MISSED ? newestPage(act, room) : read;',
        to: 'return read;',
      },
    ],
    by: { title: 'C2: coming back after 501 entries' },
  },
  {
    rule: 'C2: coming back is too far too soon',
    file: JOIN_ROOM,
    from: 'read.head - after[0] > JOIN_MAX_MISSED',
    to: 'read.head - after[0] >= JOIN_MAX_MISSED',
    by: { title: 'C2: coming back after 500 entries' },
  },
  {
    rule: 'C3: catching up resets for distance',
    file: 'server/rooms/catch-up.ts',
    from: "return readSince(act, placeOf(caller, request.room).room, request.after, request.id ?? '');",
    to: `const { room } = placeOf(caller, request.room);
  const read = await readSince(act, room, request.after, request.id ?? '');
  return read.head - request.after > 500 ? newestPage(act, room) : read;`,
    more: [{ file: 'server/rooms/catch-up.ts', from: 'import { readSince }', to: 'import { newestPage, readSince }' }],
    by: { title: 'C3: far behind on a connection that lives' },
  },
  {
    rule: 'C4: a page does not say which entry it had last',
    file: LINK,
    from: "const after: [Seq, EntryId | ''] = [last.seq, last.id];",
    to: "const after: [Seq, EntryId | ''] = [last.seq, ''];",
    more: [{ file: LINK, from: '...(last.id && { id: last.id })', to: '' }],
    by: { title: 'C4: coming back to another history that has grown' },
  },
  {
    rule: 'C5: any number of entries that came too early is held',
    file: TIMELINE,
    from: 'if (held.size > MAX_HELD_ENTRIES) held.delete',
    to: 'if (held.size > Infinity) held.delete',
    by: { title: 'C5: more comes too early than is held' },
  },
  {
    rule: 'C5: of too many the highest is dropped',
    file: TIMELINE,
    from: 'held.delete(Math.min(...held.keys()));',
    to: 'held.delete(Math.max(...held.keys()));',
    by: { title: 'C5: more comes too early than is held' },
  },
  {
    rule: 'S1: each try has a client id of its own',
    file: OUTBOX,
    from: 'const delivery = await deliver(group,',
    to: 'const delivery = await deliver(group.map((item) => ({ ...item, clientId: this.#parts.newClientId() })),',
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S1: what waits goes with its connection',
    file: OUTBOX,
    from: `    this.#isOnline = false;
    this.#flight = undefined;`,
    to: `    this.#isOnline = false;
    this.#flight = undefined;
    void this.#queue.change(() => []);`,
    by: { storm: 'delivery', seed: 1 },
  },
  {
    rule: 'S2: messages overtake reactions',
    file: QUEUE,
    from: 'const free = items.filter((item) => !item.refusal);',
    to: "const free = items.filter((item) => !item.refusal).sort((a, b) => Number(b.want.kind === 'message') - Number(a.want.kind === 'message'));",
    by: { title: 'S2: a reaction and then a message, without a network' },
  },
  {
    rule: 'S3: an edit of what was never tried is sent behind it',
    file: QUEUE,
    from: 'if (!own || own.tried) return added(items, edit, stamp);',
    to: 'if (own?.refusal === undefined) return added(items, edit, stamp);',
    by: { title: 'S3: a pending row edited before its first try' },
  },
  {
    rule: 'S3: a deletion of what was never tried is sent behind it',
    file: QUEUE,
    from: 'if (!own || (own.tried && !own.refusal))',
    to: 'if (!own?.refusal)',
    by: { title: 'S3: a pending row deleted before its first try' },
  },
  {
    rule: 'S1: it is sent before it is kept',
    file: OUTBOX,
    from: 'const items = await this.#queue.change((before) => {',
    to: 'const { items } = this.#queue;\n    void this.#queue.change((before) => {',
    by: { title: 'S1: a disk that takes its time' },
  },
];
