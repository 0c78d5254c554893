import { fileURLToPath } from 'node:url';
import { isMessage, newClientId } from '../support/script.ts';
import { expect, test } from '../support/story.ts';

const ROOM = 'Summer fair';
const TALK = [
  ['Linus', 'Good morning! Who is at the hall already?'],
  ['Grace', 'Me. The tables are here, and the plum cake is safe.'],
  [
    'Grace',
    'Still to be done before Friday:\n1. the posters\n2. the key to the side door\n3. somebody who can carry a piano',
  ],
  ['Linus', 'I have the key.'],
  [
    'Linus',
    'About the piano: my neighbour has a van, two belts and a cousin who did this for a living. They could come on Thursday after six, if the street is not closed again.',
  ],
  ['Ada', 'Perfect. I print the posters tonight.'],
  ['Ada', 'And I tell the band.'],
  ['Mary', 'Is there room for a bookstall?'],
  ['Grace', 'By the window, next to the cake.'],
] as const;

const picture = (name: string): string => fileURLToPath(new URL(`../../docs/pictures/${name}.png`, import.meta.url));

test('the pictures of README.md', async ({ ownServer, stranger, script }) => {
  const server = await ownServer();
  const ada = await stranger({ reducedMotion: 'reduce', viewport: { width: 1280, height: 840 } }, server);
  const { page } = ada;
  await page.goto(server.origin);
  await ada.fillIn('Ada', ROOM);
  await page.screenshot({ path: picture('login') });
  for (const room of ['Bakers', 'Band practice']) {
    await page.goto(server.origin);
    await ada.comeIn('Ada', room);
    const other = await script('Hedy', { room }, server);
    await expect(page.getByRole('button', { name: 'People here: 2' })).toBeVisible();
    if (room === 'Bakers') await other.say('Sourdough or rye?');
  }
  await page.goto(server.origin);
  await ada.fillIn('Ada', ROOM);
  await ada.join();
  await ada.isIn();
  await (await script('Ella', { room: 'Bakers' }, server)).say('Rye.', 'Always rye.', 'Who has the tins?');
  const come = (name: string) => script(name, { room: ROOM }, server);
  const [linus, grace, mary] = [await come('Linus'), await come('Grace'), await come('Mary')];
  const others = new Map([
    ['Linus', linus],
    ['Grace', grace],
    ['Mary', mary],
  ]);
  for (const [name, text] of TALK) {
    if (name === 'Ada') await ada.send(text);
    else await others.get(name)?.say(text);
    await expect(ada.texts.filter({ hasText: text.split('\n')[0] ?? text })).toHaveCount(1);
  }
  await grace.ask('topic', { room: ROOM, topic: 'Friday, from ten, in the old hall', clientId: newClientId() });
  const heard = linus.heard.filter(isMessage);
  const asked = heard.find(({ text }) => text.startsWith('Is there'));
  const me = heard.find(({ by }) => by.name === 'Ada')?.by;
  if (asked === undefined || me === undefined) throw new Error('Linus has not heard what he answers.');
  const answer = {
    clientId: newClientId(),
    text: 'There is, if @Ada moves the piano.',
    replyTo: asked.seq,
    mentions: [me.id],
  };
  await linus.ask('message', { room: ROOM, items: [answer] });
  await expect(ada.texts.last()).toContainText('moves the piano');
  await mary.ask('typing', { room: ROOM });
  await expect(page.locator('.typing-line')).toContainText('Mary');
  await page.screenshot({ path: picture('room-light') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: picture('room-dark') });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 780 });
  await page.screenshot({ path: picture('room-phone') });
});
