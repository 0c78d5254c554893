import { expect, test } from 'vitest';
import { found } from './search-words.ts';

const things = ['Tea house', 'Café tee', 'Böser Wolf', '東京', 'Steak tartare'].map((words) => ({ words }));
const search = (typed: string) => found(things, typed).map(({ words }) => words);

test('all words are to be there, in any order, without case and accents; what begins so stands first', () => {
  expect(search('')).toHaveLength(things.length);
  expect(search('te')).toEqual(['Tea house', 'Café tee', 'Steak tartare']);
  expect(search(' TEE  cafe')).toEqual(['Café tee']);
  expect(search('boser')).toEqual(['Böser Wolf']);
  expect(search('京')).toEqual(['東京']);
  expect(search('tea (')).toEqual([]);
});
