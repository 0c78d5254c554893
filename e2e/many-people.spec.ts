import { NOTICES_START_BELOW, NOTICES_STOP_ABOVE } from '../protocol/limits.ts';
import { Script } from './support/script.ts';
import { expect, test } from './support/story.ts';

/** One address may come in so often only. */
const SETTINGS = { SNUG_LIMITS: 'off' };
const AT_ONCE = 40;

test('P7 to P9: more than 200 are here: a number, a list in pages, and a list of all again when there are fewer', async ({
  ownServer,
  stranger,
}) => {
  const server = await ownServer(SETTINGS);
  const room = server.newRoom();
  const ada = await stranger({}, server);
  await ada.appear('Ada', room);
  await ada.isIn();
  const scripts = await comeIn(server.origin, room, NOTICES_STOP_ABOVE);
  const people = ada.page.getByRole('complementary', { name: `Here now ${NOTICES_STOP_ABOVE + 1}` });
  await expect(people).toContainText('nobody is told who comes and goes');
  await expect(ada.page.getByRole('button', { name: `People here: ${NOTICES_STOP_ABOVE + 1}` })).toBeVisible();
  // A page of the list, and oneself above it, who is on that page as well: by name.
  await expect.poll(async () => (await ada.here()).length).toBe(100);
  await people.getByRole('button', { name: 'Show more people' }).click();
  await expect.poll(async () => (await ada.here()).length).toBe(200);
  const more = await comeIn(server.origin, room, 9, NOTICES_STOP_ABOVE);
  const counted = ada.page.getByRole('complementary', { name: `Here now ${NOTICES_STOP_ABOVE + 10}` });
  await expect(counted).toBeVisible();
  await expect(ada.page.getByRole('region', { name: 'Messages' })).not.toContainText('Guest 205');
  for (const script of [...scripts.splice(NOTICES_START_BELOW - 2), ...more]) script.close();
  // Whoever is left, by name, and nobody twice.
  await expect.poll(async () => (await ada.here()).length).toBe(NOTICES_START_BELOW - 1);
  expect(new Set(await ada.here()).size).toBe(NOTICES_START_BELOW - 1);
  await comeIn(server.origin, room, 1, 300);
  await expect(ada.page.getByRole('region', { name: 'Messages' })).toContainText(`${NOTICES_START_BELOW} here`);
});

/** Scripts without a key are gone the moment they close. */
async function comeIn(origin: string, room: string, count: number, from = 0): Promise<Script[]> {
  const scripts: Script[] = [];
  while (scripts.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - scripts.length) }, (_, nth) =>
      Script.connect(origin, { name: `Guest ${from + scripts.length + nth}`, room, key: undefined }),
    );
    scripts.push(...(await Promise.all(some)));
  }
  return scripts;
}
