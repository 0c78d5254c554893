// Behind proxies that know no WebSocket.
import type { Person } from './support/person.ts';
import { expect, test } from './support/story.ts';

async function talk(ada: Person, bob: Person): Promise<void> {
  await ada.send('hello');
  await expect(bob.texts).toHaveText(['hello']);
  await bob.send('hello, Ada');
  for (const person of [ada, bob]) await expect(person.texts).toHaveText(['hello', 'hello, Ada']);
}

test('where WebSocket is refused one talks all the same', async ({ stranger, guest, room, line, watch }) => {
  watch.allowNetworkTrouble();
  line.upgrades = 'are refused';
  const bob = await guest('Bob');
  const ada = await (await stranger({}, line)).appear('Ada', room);
  await talk(ada, bob);
});

test('where WebSocket is swallowed one talks all the same, after 10 s', async ({
  stranger,
  guest,
  room,
  line,
  watch,
}) => {
  watch.allowNetworkTrouble();
  line.upgrades = 'are swallowed';
  const bob = await guest('Bob');
  const ada = await stranger({}, line);
  await ada.page.clock.install();
  await ada.enter('Ada', room);
  await expect(ada.page.getByText('Opening the room')).toBeVisible();
  await ada.page.clock.fastForward(10_000);
  await ada.isIn();
  await talk(ada, bob);
});
