// What somebody has read, and where they read: rules taken away from the store and the log.
import type { Mutation } from './mutation.ts';

const DECIDE = 'server/store/decide.ts';
const MEMORY = 'server/store/memory/memory-store.ts';
const READ_PLACE = 'server/store/read-place.ts';
const TALLY = 'server/log/room-tally.ts';
const TIMELINE = 'web/state/timeline.ts';
const UNREAD = 'server/store/memory/unread.ts';

export const READING_MUTATIONS: readonly Mutation[] = [
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
    rule: 'C6: a page around a message stays as it was read',
    file: TIMELINE,
    from: 'const lines = upToDate([...page, ...since], state, reply);',
    to: 'const lines = [...page, ...since];',
    by: { test: 'web/state/timeline-around.test.ts', title: 'C6: what changed while it was on its way' },
  },
  {
    rule: 'C7: what comes while a page around a message is on its way is left out',
    file: TIMELINE,
    from: 'const since = atEnd ? live.filter((line) => line.seq > reply.head) : [];',
    to: 'const since: readonly Line[] = [];',
    by: { test: 'web/state/timeline-around.test.ts', title: 'C7: where it reaches the end' },
  },
  {
    rule: 'C12: nothing is newer than a page around a message',
    file: TIMELINE,
    from: 'const atEnd = reply.atEnd || read > last.seq;',
    to: 'const atEnd = true;',
    by: { storm: 'reading', seed: 1 },
  },
  {
    rule: 'L12: what is to be read again is read by going on looking at it',
    file: 'web/connection/read-marker.ts',
    from: '    if (this.#isHeld) return;\n',
    to: '',
    by: { test: 'web/reading-desk.test.ts', title: 'L12: comes before what is marked as unread anywhere' },
  },
  {
    rule: 'T4: the divider stays where another device has read on',
    file: 'web/reading-desk.ts',
    from: 'if (!hasDivider) return;',
    to: 'if (!isBack) return;',
    by: { test: 'web/reading-desk.test.ts', title: 'T6: goes along with what is read on another device' },
  },
  {
    rule: 'T4: the divider goes with what this tab reads itself',
    file: 'web/reading-desk.ts',
    from: 'if (!isBack && seq <= this.#reads.asked) return;',
    to: '',
    by: { test: 'web/reading-desk.test.ts', title: 'point 12: stays while one reads' },
  },
  {
    rule: 'L12: what is to be read again is what was read last',
    file: READ_PLACE,
    from: 'Math.min(one.readSeq, seq - 1)',
    to: 'Math.min(one.readSeq, seq)',
    by: { title: 'T4: what is read, and is to be read again, is told to the same person elsewhere' },
  },
  {
    rule: 'T5: what one says oneself is news',
    file: TALLY,
    from: 'own.reduce((left, id) => left - (tally.byAuthor.get(id) ?? 0), tally.messages)',
    to: 'tally.messages',
    by: { test: 'server/gateway/news.test.ts', title: 'T5: what one says oneself is no news' },
  },
  {
    rule: 'T5: news is told of each message',
    file: TALLY,
    from: 'if (this.#next) this.#seldom.want();',
    to: 'this.#tellNext();',
    by: { test: 'server/log/room-tally.test.ts', title: 'T5: the first is told at once' },
  },
  {
    rule: 'T5: news is told of what happens on this server alone',
    file: 'server/log/cursors.ts',
    from: '      attempt(() => this.#rooms.get(room)?.tally?.said(entries), undefined, failed);\n',
    to: '',
    more: [
      {
        file: 'server/log/cursors.ts',
        from: '      this.#rooms.get(room)?.cursor.committed(news);',
        to: '      this.#rooms.get(room)?.cursor.committed(news);\n      this.#rooms.get(room)?.tally?.said(news.entries ?? []);',
      },
    ],
    by: { title: 'T5: what is said in another room, on another server' },
  },
  {
    rule: 'T5: whoever is in the room is told news of it',
    file: 'server/gateway/fan-out.ts',
    from: '.except([channelOf(room), ...except])',
    to: '.except([...except])',
    by: { test: 'server/gateway/news.test.ts', title: 'T5: in the room one hears all of it' },
  },
  {
    rule: 'T5: a name that was given up is told news',
    file: 'server/rooms/give-up-name.ts',
    from: '  connections.forget(place.member);\n',
    to: '',
    by: { test: 'server/rooms/watch-rooms.test.ts', title: 'T5: a name that is given up watches its room no more' },
  },
  {
    rule: 'T4: nobody is told what was read on another server',
    file: 'server/log/room-log.ts',
    from: 'this.#parts.bus.publish(room, encodeSignal(signal, to));',
    to: 'if (to === undefined) this.#parts.bus.publish(room, encodeSignal(signal, to));',
    by: { title: 'T4: what is read, and is to be read again, is told to the same person elsewhere' },
  },
  {
    rule: 'T4: everybody is told what somebody has read',
    file: 'server/gateway/gateway.ts',
    from: 'if (to !== undefined) return',
    to: 'if (to !== undefined && to === String(room)) return',
    by: { test: 'server/gateway/signals.test.ts', title: 'T4: all tabs and devices' },
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
    file: READ_PLACE,
    from: 'Math.max(member.readSeq, Math.min(seq, head))',
    to: 'Math.min(seq, head)',
    by: { title: 'L12: what was read stays read' },
  },
  {
    rule: 'L12: reading goes beyond the head',
    file: READ_PLACE,
    from: 'Math.max(member.readSeq, Math.min(seq, head))',
    to: 'Math.max(member.readSeq, seq)',
    by: { title: 'L12: what was read stays read' },
  },
];
