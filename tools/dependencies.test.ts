import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const page = readFileSync(new URL('../docs/dependencies.md', import.meta.url), 'utf8');
const { dependencies, devDependencies }: Package = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
const used = { ...dependencies, ...devDependencies };

test('every dependency has a line in docs/dependencies.md', () => {
  expect(Object.keys(used).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

test('docs/dependencies.md names no dependency that is gone', () => {
  const named = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
  expect(named.filter((name) => !(name in used))).toEqual([]);
});

test('every version is exact', () => {
  const exact = /^(?:npm:[\w.-]+@)?\d+\.\d+\.\d+$/;
  expect(Object.entries(used).filter(([, version]) => !exact.test(version))).toEqual([]);
});

test('the lock file names no download address', () => {
  const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  expect(lock).not.toContain('"resolved"');
});
