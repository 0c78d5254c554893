import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

function folder(): { path: (name: string) => string; now: () => string } {
  const root = mkdtempSync(join(tmpdir(), 'snug-fingerprint-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'below'));
  writeFileSync(join(root, 'a.ts'), 'one');
  writeFileSync(join(root, 'below/b.ts'), 'two');
  return { path: (name) => join(root, name), now: () => fingerprint([root]) };
}

test('is the same for the same files', () => {
  const { path, now } = folder();
  const before = now();
  writeFileSync(path('a.ts'), 'one');
  expect(now()).toBe(before);
  expect(fingerprint([path('a.ts'), path('nothing')])).toBe(fingerprint([path('a.ts')]));
});

test('another content, name, place or number of files makes another', () => {
  const { path, now } = folder();
  const seen = [now()];
  writeFileSync(path('below/b.ts'), 'twe');
  seen.push(now());
  renameSync(path('a.ts'), path('c.ts'));
  seen.push(now());
  renameSync(path('c.ts'), path('below/c.ts'));
  seen.push(now());
  writeFileSync(path('empty.ts'), '');
  seen.push(now());
  expect(new Set(seen).size).toBe(seen.length);
});

test('tests do not count: nobody builds them', () => {
  const { path, now } = folder();
  const before = now();
  for (const name of ['a.test.ts', 'below/b.contract.ts', 'c.test.tsx']) writeFileSync(path(name), 'new');
  expect(now()).toBe(before);
});
