// Words, filters and rooms of a search, each with the test that notices when its rule is taken away.
import type { Mutation } from './mutation.ts';

const TRANSACTION = 'server/store/sqlite/sqlite-transaction.ts';
const TOKENS = 'protocol/search-tokens.ts';
const SQLITE_TEST = 'server/store/sqlite/sqlite.test.ts';
const TOKENS_TEST = 'protocol/search-tokens.test.ts';

export const SEARCH_MUTATIONS: readonly Mutation[] = [
  {
    rule: 'search: texts are not folded',
    file: TOKENS,
    from: ".normalize('NFKC')",
    to: '',
    by: { test: TOKENS_TEST, title: 'what people leave out when they type makes no difference' },
  },
  {
    rule: 'search: marks make another word',
    file: TOKENS,
    from: ".replace(OPTIONAL_MARKS, '$1')",
    to: '',
    by: { test: TOKENS_TEST, title: 'what people leave out when they type makes no difference' },
  },
  {
    rule: 'search: marks are stripped in every script',
    file: TOKENS,
    from: '/([\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Arabic}\\p{Script=Hebrew}])[\\p{Mn}\\u0640]+/gu',
    to: '/(.)[\\p{Mn}\\p{Mc}\\u0640]+/gu',
    by: { test: TOKENS_TEST, title: 'a vowel sign is not a mark that may be left out' },
  },
  {
    rule: 'search: letters that are spelled out make another word',
    file: TOKENS,
    from: '.replace(HAS_SPELLING, (letter) => SPELLED_OUT.get(letter) ?? letter)',
    to: '',
    by: { test: TOKENS_TEST, title: 'what people leave out when they type makes no difference' },
  },
  {
    rule: 'search: the last character of a run is not a token',
    file: TOKENS,
    from: 'if (withLast && last !== undefined) tokens.push(last);',
    to: '',
    by: { test: TOKENS_TEST, title: 'any part of a run without spaces finds it' },
  },
  {
    rule: 'search: one character of a run finds nothing',
    file: TOKENS,
    from: '{ tokens: [run], prefix: true }',
    to: '{ tokens: [run], prefix: false }',
    by: { test: TOKENS_TEST, title: 'any part of a run without spaces finds it' },
  },
  {
    rule: 'search: a token is of any length',
    file: TOKENS,
    from: 'const TOKEN_MAX_CHARACTERS = 64;',
    to: 'const TOKEN_MAX_CHARACTERS = 640;',
    by: { test: TOKENS_TEST, title: 'a token ends after 64 characters' },
  },
  {
    rule: 'search: a first reaction is not found',
    file: TRANSACTION,
    from: 'if (isFirst) this.#words.add(room, target.seq);',
    to: '',
    by: { test: SQLITE_TEST, title: 'Q5: a message is found by what it is now' },
  },
  {
    rule: 'search: a last reaction is found for ever',
    file: TRANSACTION,
    from: 'if (isLast) this.#words.remove(room, target.seq);',
    to: '',
    by: { test: SQLITE_TEST, title: 'Q5: a message is found by what it is now' },
  },
  {
    rule: 'search: times are taken to ascend',
    file: 'server/store/sqlite/stretches.ts',
    from: 'WHERE least_at < ? ORDER BY nth DESC LIMIT 1',
    to: 'WHERE most_at < ? ORDER BY nth DESC LIMIT 1',
    by: { test: SQLITE_TEST, title: 'Q4: a clock that was set back hides nothing' },
  },
  {
    rule: 'search: a filter is a word',
    file: 'protocol/search-query.ts',
    from: "takeFilter(query, name.toLowerCase(), value) ? ' ' : whole;",
    to: 'takeFilter(query, name.toLowerCase(), value) ? whole : whole;',
    by: { test: 'protocol/search-query.test.ts', title: 'Q2: filters are taken out of the text' },
  },
  {
    rule: 'search: words are found whole alone',
    file: 'protocol/search-tokens.ts',
    from: 'prefix: run.length > 1 };',
    to: 'prefix: false };',
    by: { test: TOKENS_TEST, title: 'Q3: a word is found by its beginning' },
  },
  {
    rule: 'search: what lies behind what others say is not found',
    file: 'server/store/sqlite/hit-reader.ts',
    from: 'if (rids.length >= wanted || found.length < most)',
    to: 'if (rids.length >= wanted || found.length <= most)',
    by: { test: SQLITE_TEST, title: 'Q1: in many rooms as in few' },
  },
  {
    rule: 'search: whoever is no member finds',
    file: 'server/rooms/search.ts',
    from: '!room || (await ownMembers(act, caller, room)).length === 0',
    to: '!room',
    by: { test: 'server/rooms/search.test.ts', title: 'Q1: looks in one room' },
  },
];
