// How long `npm start` takes with nothing changed, from the command to the address to open. A step of `npm test`, when
// all others have ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmProgram } from './install.mjs';
import { startLine } from './start-line.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'snug-start-'));
const { program, args } = npmProgram();
// Of the settings of whoever tests none counts here.
const others = Object.entries(process.env).filter(([name]) => !name.startsWith('SNUG_'));
const begun = performance.now();
const start = spawn(program, [...args, 'start'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...Object.fromEntries(others), PORT: '0', HOST: '', SNUG_DATA: folder, LOG_LEVEL: 'error' },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => start.kill(signal));
const ended = once(start, 'close');
let said = '';
/** @type {number | undefined} */
let readyMs;
start.stdout.setEncoding('utf8').on('data', (text) => {
  said += text;
  if (readyMs !== undefined || !/^Snug is ready: .*\n/m.test(said)) return;
  readyMs = performance.now() - begun;
  start.kill('SIGTERM');
});
const [code] = await ended;
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${startLine({ said, readyMs, code })}\n`);
process.exitCode = readyMs !== undefined && code === 0 ? 0 : 1;
