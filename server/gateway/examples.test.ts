import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { itemOf, KEY, LiveChat } from './live-chat.contract.ts';

/** The one that Debian's packages are for. */
const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['-c', 'import socketio, websocket']).status === 0;
const pathOf = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));

let chat: LiveChat;
let running: ChildProcess | undefined;

beforeEach(async () => {
  chat = await LiveChat.start();
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await chat.close();
});

/** Talks with an example as a person at a terminal would. */
async function talkWith(command: string, file: string): Promise<void> {
  const eve = await chat.person('Eve', 'Lobby');
  const script = spawn(command, [pathOf(file), chat.url, 'Robot', 'lobby', KEY], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running = script;
  const lines = createInterface({ input: script.stdout })[Symbol.asyncIterator]();
  const printed = async () => (await lines.next()).value as unknown;
  expect(await printed()).toBe('Robot connects');
  script.stdin.write('Grüße, 👋\n');
  await eve.hears('Robot: Grüße, 👋');
  expect(await printed()).toBe('Robot: Grüße, 👋');
  await eve.granted('message', { room: 'lobby', items: [itemOf('hello, Robot')] });
  expect(await printed()).toBe('Eve: hello, Robot');
  script.stdin.write('   \n');
  expect(await printed()).toBe('There is nothing in it.');
  script.stdin.end();
  const [code] = (await once(script, 'exit')) as [number];
  expect(code).toBe(0);
}

test.each(['chat.mjs', 'chat.py'])('examples/%s has at most 15 lines', (file) => {
  expect(readFileSync(pathOf(file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(15);
});

test('H4: the JavaScript example prints what is said and who comes, and sends what it is given', async () => {
  await talkWith(process.execPath, 'chat.mjs');
});

test.skipIf(!hasPython)(
  'H4: the Python example does the same (needs python3-socketio, python3-websocket)',
  async () => {
    await talkWith(PYTHON, 'chat.py');
  },
);
