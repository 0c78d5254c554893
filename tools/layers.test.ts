// Plants one violation per rule and expects the linter to name it: a rule with a typing error is silent otherwise.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALLOWED, FORBIDDEN } from './samples/layers.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Complaint {
  code: string;
  filename: string;
  labels: { span: { line: number } }[];
}

let folder = '';
let complaints: Complaint[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'snug-layers-'));
  for (const file of ['.oxlintrc.json', 'tsconfig.base.json', 'package.json'])
    cpSync(join(ROOT, file), join(folder, file));
  for (const root of ['protocol', 'server', 'web', 'simulation', 'conformance', 'faults', 'e2e', 'tools']) {
    mkdirSync(join(folder, root));
    cpSync(join(ROOT, root, 'tsconfig.json'), join(folder, root, 'tsconfig.json'));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const { file, source } of [...FORBIDDEN, ...ALLOWED]) plant(file, source);
  complaints = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FORBIDDEN.map((planted) => [planted.file, planted.rule, planted.source]))(
  '%s is refused by %s: %s',
  (file, rule, source) => {
    expect(codesFor(file)).toContain(rule);
    if (source.startsWith('import ')) expect(linesRefused(file, rule)).toEqual(linesOfImports(source));
  },
);

test.each(ALLOWED.map((planted) => [planted.file, planted.source]))('%s is allowed: %s', (file) => {
  expect(codesFor(file)).toEqual([]);
});

function plant(file: string, source: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source);
}

function lint(): Complaint[] {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const done = spawnSync(process.execPath, [oxlint, '--type-aware', '-f', 'json'], { cwd: folder, encoding: 'utf8' });
  expect(done.stderr).toBe('');
  return JSON.parse(done.stdout).diagnostics;
}

function codesFor(file: string): string[] {
  return complaints.filter((complaint) => complaint.filename === file).map((complaint) => complaint.code);
}

function linesRefused(file: string, rule: string): number[] {
  const here = complaints.filter((complaint) => complaint.filename === file && complaint.code === rule);
  return [...new Set(here.flatMap(({ labels }) => labels.map(({ span }) => span.line)))].toSorted((a, b) => a - b);
}

function linesOfImports(source: string): number[] {
  return source.split('\n').flatMap((line, at) => (line.startsWith('import ') ? [at + 1] : []));
}
