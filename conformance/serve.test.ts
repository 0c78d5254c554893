import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ask, pollingUrl, readHandshake } from './polling.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

test('the program for the public suites says where it is, serves both protocols, and ends', async () => {
  const program = spawn(process.execPath, ['--import', './tools/worker-register.mjs', 'conformance/serve.ts', '0'], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(program.stdout.setEncoding('utf8'), 'data')) as [string];
  const [url = ''] = /http:\/\/[\d.:]+/u.exec(said) ?? [];
  for (const path of ['/engine.io', '/socket.io']) {
    const { packets } = await ask(pollingUrl(url, path));
    const expected = { pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000, upgrades: ['websocket'] };
    expect(readHandshake(packets[0]!)).toMatchObject(expected);
  }
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
});
