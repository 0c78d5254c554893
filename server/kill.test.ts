// kill -9 under load: what was acknowledged is there, once, where it was said to be, in order.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkHistory } from '../simulation/check-history.ts';
import { Dice } from '../simulation/dice.ts';
import { newDataFolder, Program } from './program.contract.ts';
import { Sender, wholeLog } from './sender.contract.ts';

const ROUNDS = process.env['SNUG_TEST_ALL'] === '1' ? 60 : 20;
const SENDERS = 10;
/** After that many ms at most it is killed: some rounds end before anything was stored, some in the middle of a batch. */
const LIFE_MS = 300;
const SEED = Number(process.env['SNUG_SEED'] ?? randomBytes(4).readUInt32LE());

test(`${ROUNDS} rounds of kill -9 under load (seed ${SEED}): everything acknowledged once, no hole, every sender in order`, {
  timeout: ROUNDS * 6_000,
}, async () => {
  const dice = new Dice(SEED);
  const folder = newDataFolder();
  const senders = Array.from({ length: SENDERS }, (_, i) => new Sender(i, dice.fork()));
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await new Program({ SNUG_DATA: folder, SNUG_LIMITS: 'off', LOG_LEVEL: 'error' }).ready();
    await Promise.all(senders.map((sender) => sender.connect(server.origin)));
    const talks = Promise.all(senders.map((sender) => sender.talk()));
    const died = new Promise<void>((resolve) => setTimeout(resolve, dice.below(LIFE_MS))).then(() =>
      server.end('SIGKILL'),
    );
    await Promise.all([talks, died]);
    for (const sender of senders) sender.close();
    expect(server.stderr).toBe('');
  }
  const server = await new Program({ SNUG_DATA: folder, SNUG_LIMITS: 'off', LOG_LEVEL: 'error' }).ready();
  const [socket] = await Promise.all(senders.map((sender) => sender.connect(server.origin)));
  await Promise.all(senders.map((sender) => sender.finish()));
  const log = await wholeLog(socket!);
  for (const sender of senders) sender.close();
  const sent = senders.flatMap((sender) => sender.sent);
  expect(checkHistory(log, sent)).toEqual([]);
  expect(sent.every(({ seq }) => seq !== undefined)).toBe(true);
  // Otherwise the rounds tried nothing.
  expect(sent.length).toBeGreaterThan(10 * ROUNDS);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
});
