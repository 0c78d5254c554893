// web/ imports values only from files of protocol/ that .oxlintrc.json lists as free of zod: this keeps the list true.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VALUE_IMPORT = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+'([^']+)'/gm;

function valueImports(file: string): string[] {
  const source = readFileSync(join(ROOT, 'protocol', file), 'utf8');
  return [...source.matchAll(VALUE_IMPORT)].map((match) => match[1] ?? '');
}

function reachesZod(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  return valueImports(file).some((from) => (from.startsWith('./') ? reachesZod(basename(from), seen) : from === 'zod'));
}

test('the files of protocol/ that web/ may import as values do not reach zod', () => {
  const rules = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8');
  const listed = new Set([...rules.matchAll(/"!\*\*\/protocol\/([^"]+)"/g)].map((match) => match[1]));
  const sources = readdirSync(join(ROOT, 'protocol')).filter(
    (file) => file.endsWith('.ts') && !file.includes('.test.'),
  );
  const free = sources.filter((file) => !reachesZod(file));
  expect(sources.filter((file) => listed.has(file) && !free.includes(file))).toEqual([]);
});
