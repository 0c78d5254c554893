// The quick ones, a round or two each, with whatever this machine has. `npm run faults` is the whole.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ALL_FAULTS } from './all-faults.ts';
import { lackingOf } from './needs.ts';
import { tryFault } from './try-fault.ts';

const PROGRAM = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const SEED = Number(process.env['SNUG_SEED'] ?? randomBytes(4).readUInt32LE());

for (const fault of ALL_FAULTS.filter(({ quickRounds }) => quickRounds > 0)) {
  const lacking = lackingOf(fault.needs);
  const needs = lacking.length > 0 ? `, needs ${lacking.join(', ')}` : '';
  // What a slow machine takes longer for is not told here: findings.missed.
  const title = `${fault.id}: ${fault.title} (seed ${SEED})${needs}`;
  const runnable = fault.isAlone ? test : test.concurrent;
  const tried = lacking.length > 0 ? test.skip : runnable;
  tried(title, { timeout: fault.isAlone ? 300_000 : 120_000 }, async () => {
    const parts = { program: PROGRAM, seed: SEED, isQuick: true, say: () => undefined };
    const result = await tryFault(fault, fault.quickRounds, parts);
    expect(result.kind === 'tried' && result.findings.problems).toEqual([]);
    expect(result.kind === 'tried' && result.findings.runs).toBeGreaterThanOrEqual(fault.quickRounds);
  });
}
