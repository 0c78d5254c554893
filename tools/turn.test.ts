import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeTurn } from './turn.mjs';

const folder = mkdtempSync(join(tmpdir(), 'snug-turn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the second waits until the first has given the turn back', async () => {
  const file = join(folder, 'waits');
  const order: string[] = [];
  const giveBack = await takeTurn(file, () => {});
  const second = takeTurn(file, () => order.push('waiting')).then((giveBackSecond) => {
    order.push('second');
    giveBackSecond();
  });
  await expect.poll(() => order).toEqual(['waiting']);
  order.push('first done');
  giveBack();
  await second;
  expect(order).toEqual(['waiting', 'first done', 'second']);
  expect(existsSync(file)).toBe(false);
});

test('the turn of a process that died is taken over', async () => {
  const file = join(folder, 'dead');
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(file, JSON.stringify({ host: hostname(), process: gone }));
  const waited: string[] = [];
  const giveBack = await takeTurn(file, (holder: string) => waited.push(holder));
  giveBack();
  expect(waited).toEqual([]);
});
