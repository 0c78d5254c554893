// Crowds: rules taken away from what says who is here where very many are, and from what a herd is told.
import type { Mutation } from './mutation.ts';

const STORED_PRESENCE = 'server/store/presence.ts';
const CURSORS = 'server/log/cursors.ts';
const CATCH_UP = 'server/log/catch-up.ts';
const LINK = 'web/connection/room-link.ts';
const GATHERS = { title: 'P7: a crowd gathers, and goes again' };

export const CROWD_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'P7: notices never stop',
    file: STORED_PRESENCE,
    from: 'room.quiet = room.here > tx.crowd.above;',
    to: 'room.quiet = false;',
    by: GATHERS,
  },
  {
    rule: 'P7: notices never start again',
    file: STORED_PRESENCE,
    from: 'if (room.quiet && room.here >= tx.crowd.below) return',
    to: 'if (room.quiet) return',
    by: GATHERS,
  },
  {
    rule: 'P7: who comes is told of while notices are off',
    file: STORED_PRESENCE,
    from: '  if (room.quiet) return untold(tx, room);\n',
    to: "  if (room.quiet) return storedAs(addEntry(tx, room, by, { kind: 'connect', here: room.here }), room);\n",
    by: GATHERS,
  },
  {
    rule: 'P7: the log does not say that notices stop',
    file: STORED_PRESENCE,
    from: "const kind = room.quiet ? 'noticesOff' : 'connect';",
    to: "const kind = 'connect';",
    by: GATHERS,
  },
  {
    rule: 'P7: who comes and goes untold is not counted',
    file: 'web/state/timeline.ts',
    from: 'return state.crowd === undefined ? state : { ...state, crowd: count };',
    to: 'return state;',
    by: GATHERS,
  },
  {
    rule: 'P8: how many are here is not compared when heads are',
    file: CURSORS,
    from: 'if (now) count.seen(now);',
    to: '',
    by: { title: 'P8: a crowd on two servers' },
  },
  {
    rule: 'P8: what this server itself stored is not told of at once',
    file: CURSORS,
    from: "if (outcome.result !== 'untold' || !room) return;",
    to: 'return;',
    by: GATHERS,
  },
  {
    rule: 'P9: the list is not asked for anew when notices start again',
    file: 'web/state/apply.ts',
    from: 'isHereOld: entry.notices',
    to: 'isHereOld: false',
    by: GATHERS,
  },
  {
    rule: 'P9: the list of a join is older than what the log says',
    file: CATCH_UP,
    from: 'fits: (here) => (here.head.seq >= head ? here : undefined),',
    to: 'fits: (here) => here,',
    more: [
      { file: CATCH_UP, from: 'if (!news || news.some(isOfRoom)) return undefined;', to: 'if (!news) return here;' },
    ],
    by: GATHERS,
  },
  {
    rule: 'P10: a page does not hear that its member has left',
    file: LINK,
    from: '        this.#isSaidGone = true;\n        return void this.#catchUp();',
    to: '        return;',
    by: { title: 'P10: leaving a crowd in one of two tabs' },
  },
  {
    rule: 'P3: a list that is asked for brings in again who is leaving',
    file: LINK,
    from: '    else if (this.#state.isHereOld) void this.#catchUp();',
    to: '    else if (this.#state.isHereOld) this.#rejoin();',
    more: [
      { file: LINK, from: '    if (this.#isLeaving) return;', to: '' },
      {
        file: LINK,
        from: "return entry.kind === 'notice' || entry.kind === 'settings';",
        to: "return entry.kind === 'notice';",
      },
    ],
    by: GATHERS,
  },
  {
    rule: 'C3: what was read for a herd grows over a hole',
    file: 'server/log/growing.ts',
    from: 'return news.length === 0 || news[0]?.seq === head.seq + 1 ? news : undefined;',
    to: 'return news;',
    by: { test: 'server/log/catch-up.test.ts', title: 'is read anew where what is delivered does not follow' },
  },
  {
    rule: 'C10: what was read for a herd grows on another history',
    file: 'server/log/growing.ts',
    from: 'if (entries.some(({ seq, id }) => seq === head.seq && id !== head.id)) return undefined;',
    to: '',
    by: { test: 'server/log/catch-up.test.ts', title: 'C10: nothing that was read ahead of what was delivered' },
  },
];
