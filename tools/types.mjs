// Checks every root with its own view of the world: no DOM in protocol/, no Node in web/.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const PROJECTS = [
  'protocol/tsconfig.json',
  'protocol/tsconfig.test.json',
  'server/tsconfig.json',
  'web/tsconfig.json',
  'web/tsconfig.test.json',
  'simulation/tsconfig.json',
  'conformance/tsconfig.json',
  'faults/tsconfig.json',
  'e2e/tsconfig.json',
  'tools/tsconfig.json',
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const queue = PROJECTS.filter((project) => existsSync(project));
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, checkNext));

async function checkNext() {
  for (let project = queue.shift(); project; project = queue.shift()) {
    const { code, output } = await check(project);
    // A root whose first test is still to be written has nothing to check.
    if (code === 0 || output.includes('error TS18003')) continue;
    process.stdout.write(`${project}:\n${output}`);
    process.exitCode = 1;
  }
}

/** @param {string} project @returns {Promise<{ code: number | null, output: string }>} */
function check(project) {
  return new Promise((resolve, reject) => {
    const compiler = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    compiler.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    compiler.once('error', reject);
    compiler.once('close', (code) => resolve({ code, output }));
  });
}
