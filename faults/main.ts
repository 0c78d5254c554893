// `npm run faults`: real processes, real clients, real faults. Ends with 1 when a figure is missed.
// `--only F7,F10`: these alone. `--rounds 100`: more of each. `--seed 7`: the same chance again. `--table docs/table.md`:
// the table into a file as well. `--program dist/server/main.js`: another build.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ALL_FAULTS } from './all-faults.ts';
import type { Site } from './site.ts';
import { isGood, notesOf, type Result, tableOf } from './table.ts';
import { tryFault } from './try-fault.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    table: { type: 'string' },
    program: { type: 'string' },
  },
});

const program = values.program ?? fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const seed = Number(values.seed ?? randomBytes(4).readUInt32LE());
const only = values.only?.split(',');
const chosen = ALL_FAULTS.filter(({ id }) => only === undefined || only.includes(id));
if (chosen.length === 0) {
  say(`There is no fault ${values.only}: known are ${[...new Set(ALL_FAULTS.map(({ id }) => id))].join(', ')}.`);
  process.exit(2);
}
say(`seed ${seed}`);
const results: Result[] = [];
let site: Site | undefined;
// What was mounted, started and made is not left behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void Promise.resolve(site?.close()).then(() => process.exit(130)));
for (const fault of chosen) {
  const rounds = values.rounds === undefined ? fault.rounds : Number(values.rounds);
  const since = performance.now();
  const result = await tryFault(fault, rounds, { program, seed, isQuick: false, say }, (begun) => (site = begun));
  results.push(result);
  const verdict =
    result.kind === 'skipped' ? `needs ${result.lacking.join(', ')}` : isGood(result) ? 'kept' : 'NOT KEPT';
  say(`${fault.id} ${fault.title}: ${verdict} (${Math.round((performance.now() - since) / 1_000)} s)`);
}
say(`\n${tableOf(results)}\n\n${notesOf(results)}`);
if (values.table) writeFileSync(values.table, `${tableOf(results)}\n`);
// What a library may still hold open does not keep the figures waiting.
process.exit(results.every(isGood) ? 0 : 1);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
