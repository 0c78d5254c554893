// How a node commits, and what a transaction makes of each entry: rules taken away.
import type { Mutation } from './mutation.ts';

const BATCHES = 'server/log/batches.ts';
const ADD_ENTRY = 'server/store/add-entry.ts';

const LEVELLED = 'return stepBack > 0 && stepBack <= LEVELLED_MS ? room.at : now;';

export const BATCH_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'L9: a step back of the clock is believed, however small',
    file: ADD_ENTRY,
    from: LEVELLED,
    to: 'return stepBack > 0 ? now : now;',
    by: { title: 'L9: the clock is set back by half a minute' },
  },
  {
    rule: 'L9: one bad clock pins the room’s time',
    file: ADD_ENTRY,
    from: LEVELLED,
    to: 'return stepBack > 0 ? room.at : now;',
    by: { title: 'L9: the clock is set back by an hour' },
  },
  {
    rule: 'L9: a page shows lines in the order of their times',
    file: 'web/state/apply.ts',
    from: 'return { ...state, lines: [...state.lines, line] };',
    to: 'return { ...state, lines: [...state.lines, line].sort((a, b) => a.at - b.at) };',
    by: { title: 'L9: the clock is set back by an hour' },
  },
  {
    rule: 'L10: a commit of unknown outcome is not tried again',
    file: BATCHES,
    from: 'const TRIES = 3;',
    to: 'const TRIES = 1;',
    by: { title: 'L10: a commit whose answer is lost, and the next is not' },
  },
  {
    rule: 'L10: a commit is tried as often as fits into the time',
    file: BATCHES,
    from: 'const TRIES = 3;',
    to: 'const TRIES = 30;',
    by: { title: 'L10: a store that takes nothing for a while' },
  },
  {
    rule: 'L10: a commit is tried however late it is',
    file: BATCHES,
    from: ' || clock.now() + wait - started > TRY_WITHIN_MS',
    to: '',
    by: { title: 'L10: a server that is frozen while its store fails' },
  },
  {
    rule: 'L10: for want of space it is refused for good',
    file: BATCHES,
    from: "refuseAll(writes, 'storageFull', STORAGE_FULL_RETRY_MS)",
    to: "refuseAll(writes, 'forbidden')",
    by: { title: 'L10: there is no space for a moment' },
  },
  {
    rule: 'L10: a text that an engine cannot store is let in',
    file: 'server/rooms/post-message.ts',
    from: 'const codes = items.map(({ text }) => textRefusal(text));',
    to: 'const codes = items.map(() => undefined);',
    by: { title: 'L10: a text that an engine cannot store' },
  },
  {
    rule: 'L11: each request is a commit of its own',
    file: BATCHES,
    from: 'if (count > 0 && (items > BATCH_MAX_ITEMS || bytes > BATCH_MAX_BYTES)) break;',
    to: 'if (count > 0) break;',
    by: { title: 'L11: many small requests at once' },
  },
  {
    rule: 'L11: a batch has any number of items',
    file: BATCHES,
    from: 'export const BATCH_MAX_ITEMS = 500;',
    to: 'export const BATCH_MAX_ITEMS = Infinity;',
    by: { title: 'L11: many small requests at once' },
  },
  {
    rule: 'L11: a batch has any number of bytes',
    file: BATCHES,
    from: 'export const BATCH_MAX_BYTES = 1024 * 1024;',
    to: 'export const BATCH_MAX_BYTES = Infinity;',
    by: { title: 'L11: many large requests at once' },
  },
  {
    rule: 'L11: any number of items waits',
    file: BATCHES,
    from: 'export const WAITING_MAX_ITEMS = 5_000;',
    to: 'export const WAITING_MAX_ITEMS = Infinity;',
    by: { title: 'L11: more than 5,000 items wait' },
  },
  {
    rule: 'L11: any number of bytes waits',
    file: BATCHES,
    from: 'export const WAITING_MAX_BYTES = 4 * 1024 * 1024;',
    to: 'export const WAITING_MAX_BYTES = Infinity;',
    by: { title: 'L11: more than 4 MB wait' },
  },
];
