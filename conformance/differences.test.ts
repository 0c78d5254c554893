import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../docs/conformance.md', import.meta.url), 'utf8');
const told = [...page.matchAll(/^\| \*\*(D\d+)\*\* \|/gmu)].map(([, number]) => number);
const here = new URL('.', import.meta.url);
const sources = readdirSync(here)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, here), 'utf8'));
const tested = new Set(sources.flatMap((source) => [...source.matchAll(/['`](D\d+): /gu)].map(([, number]) => number)));

test('every difference of docs/conformance.md has a test with its number, and none is tested that is not told', () => {
  expect(told).toEqual(Array.from(told, (_, i) => `D${i + 1}`));
  expect(tested).toEqual(new Set(told));
});

test('every file that docs/conformance.md names is there', () => {
  const names = [...page.matchAll(/`([\w*-]+\.(?:test\.)?ts)`/gu)].map(([, name]) => name!);
  const files = readdirSync(here);
  const patterns = names.map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '.*')}$`, 'u'));
  expect(names.filter((_, i) => !files.some((file) => patterns[i]!.test(file)))).toEqual([]);
});
