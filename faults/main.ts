// `npm run faults`: real processes, real clients, real faults. Ends with 1 when something is not kept, with 2 when it was not understood.
// `--only F7,F10`: these alone. `--rounds 100`: more of each. `--seed 7`: the same chance again. `--program dist/server/main.js`:
// another build. `--write`: the table of all faults into docs/reliability.md.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_FAULTS } from './all-faults.ts';
import { type Arguments, readArguments } from './arguments.ts';
import type { Site } from './site.ts';
import { isGood, notesOf, type Result, tableOf, verdictOf, withTable } from './table.ts';
import { tryFault } from './try-fault.ts';

const PROGRAM = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const PAGE = new URL('../docs/reliability.md', import.meta.url);

const read = readArguments(
  process.argv.slice(2),
  ALL_FAULTS.map(({ id }) => id),
);
if (read.kind === 'refused') {
  process.stderr.write(`${read.problem}\n`);
  process.exit(2);
}
const results: Result[] = [];
let site: Site | undefined;
// What was mounted, started and made is not left behind, and what was found by then is told.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
await tryAll(read.arguments);
say(`\n${tableOf(results)}`);
if (read.arguments.write)
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), `${tableOf(results)}\n\n${notesOf(results)}`));
// What a library may still hold open does not keep the figures waiting.
process.exit(results.every(isGood) ? 0 : 1);

async function tryAll({
  only,
  rounds,
  program = PROGRAM,
  seed = randomBytes(4).readUInt32LE(),
}: Arguments): Promise<void> {
  say(`seed ${seed}`);
  for (const fault of ALL_FAULTS.filter(({ id }) => only?.includes(id) ?? true)) {
    const since = performance.now();
    const parts = { program, seed, isQuick: false, say };
    const result = await tryFault(fault, rounds ?? fault.rounds, parts, (begun) => (site = begun));
    results.push(result);
    say(`${fault.id} ${fault.title}: ${verdictOf(result)} (${Math.round((performance.now() - since) / 1_000)} s)`);
    say(notesOf([result]));
  }
}

async function stop(signal: string): Promise<void> {
  say(`\n${tableOf(results)}\n\n${signal} ended it before all was tried.`);
  await site?.close();
  process.exit(130);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
