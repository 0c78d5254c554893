import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Server } from './support/server.ts';
import { expect, test } from './support/story.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

function backUp({ dataFolder }: Server, copy: string): void {
  const env = { ...process.env, SNUG_DATA: dataFolder };
  const { status, stderr } = spawnSync(process.execPath, ['tools/backup.mjs', copy], { cwd: PROJECT, env });
  expect([status, String(stderr)]).toEqual([0, '']);
}

test('F20 F24 C10: after a backup was restored the pages start over by themselves, and what was waiting is sent', async ({
  ownServer,
  guest,
  watch,
}, testInfo) => {
  watch.allowNetworkTrouble();
  const server = await ownServer();
  const ada = await guest('Ada', server);
  const bob = await guest('Bob', server);
  await ada.send('before the backup');
  await expect(bob.texts).toHaveText(['before the backup']);
  const copy = testInfo.outputPath('backup');
  backUp(server, copy);
  await bob.send('after the backup');
  await ada.send('and once more');
  for (const person of [ada, bob]) await expect(person.texts).toHaveCount(3);
  await server.kill();
  await ada.send('written while nobody served');
  rmSync(server.dataFolder, { recursive: true });
  cpSync(copy, server.dataFolder, { recursive: true });
  await server.restart();
  const now = ['before the backup', 'written while nobody served'];
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(now);
  await bob.send('as if nothing had been');
  for (const person of [ada, bob]) await expect(person.texts).toHaveText([...now, 'as if nothing had been']);
});
