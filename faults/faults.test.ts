// The quick ones, a round or two each, with whatever this machine has. `npm run faults` is the whole, and fails on figures of
// time as well: here other tests run on the same cores, so those are printed.
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ALL_FAULTS } from './all-faults.ts';
import { lackingOf } from './needs.ts';
import { tryFault } from './try-fault.ts';

const PROGRAM = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
/** Longer than all that a fault waits for: what went wrong is to be named, not cut off. */
const NAMED_WITHIN_MS = 300_000;
const SEED = Number(process.env['SNUG_SEED'] ?? randomBytes(4).readUInt32LE());

for (const fault of ALL_FAULTS.filter(({ quickRounds }) => quickRounds > 0)) {
  const lacking = lackingOf(fault.needs);
  const needs = lacking.length > 0 ? `, needs ${lacking.join(', ')}` : '';
  const title = `${fault.id}: ${fault.title} (seed ${SEED})${needs}`;
  const runnable = fault.isAlone ? test : test.concurrent;
  const tried = lacking.length > 0 ? test.skip : runnable;
  tried(title, { timeout: NAMED_WITHIN_MS }, async () => {
    const parts = { program: PROGRAM, seed: SEED, isQuick: true, say: () => undefined };
    const result = await tryFault(fault, fault.quickRounds, parts);
    if (result.kind === 'skipped')
      throw new Error(`It needs ${result.lacking.join(', ')}, which was there a moment ago.`);
    const { problems, missed, runs } = result.findings;
    for (const figure of missed) process.stdout.write(`${fault.id}, missed beside other tests: ${figure}\n`);
    expect(problems).toEqual([]);
    expect(runs).toBeGreaterThanOrEqual(fault.quickRounds);
  });
}
