// Every state of the room's page, one after the other, as people come to it.
import type { BrowserContextOptions, Page } from '@playwright/test';
import type { Look } from './looks.ts';
import type { Person } from './person.ts';
import { scrollUp } from './reading.ts';
import { isMessage, newClientId, type Script, textsOf } from './script.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room' | 'watch' | 'line'>;

const STILL = {
  reducedMotion: 'reduce',
  viewport: { width: 768, height: 900 },
  permissions: ['clipboard-read', 'clipboard-write'],
} satisfies BrowserContextOptions;

/** What is said in the room before one comes in. */
const TALK: readonly (readonly ['Linus' | 'Grace', string])[] = [
  ['Linus', 'Good morning! The kettle is on, who is in?'],
  ['Grace', 'Me, in ten minutes. I am bringing the plum cake.'],
  ['Grace', 'And the list of what is still to be done before Friday:'],
  ['Grace', '1. the posters\n2. the key to the hall\n3. somebody who can carry a piano'],
  ['Linus', 'I have the key.'],
  [
    'Linus',
    'About the piano: my neighbour has a van, two belts and a cousin who did this for a living. They could come on Thursday after six, if the street is not closed again. I would rather not try it with the two of us and a borrowed trolley, as we did the last time.',
  ],
  ['Grace', 'https://example.org/a/very/long/address/that/goes/on/and/on/and/has/no/place/to/break/at/all?really=none'],
  ['Linus', 'שלום to you too'],
  ['Linus', 'this one is gone in a moment'],
  ['Grace', 'So: Thursday, six, the van. I will tell the others'],
];

export async function statesOfRoom(parts: Parts, look: Look): Promise<void> {
  const { stranger, room, line } = parts;
  const ada = await stranger(STILL, line);
  const { page } = ada;
  await page.clock.install();
  await opening(parts, ada, look);
  await look(page, 'room-empty');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  await look(page, 'room-empty-link-copied');
  const [linus, grace] = await talk(parts, ada);
  await look(page, 'room-with-messages');
  await page.setViewportSize({ width: 1280, height: 800 });
  await look(page, 'people-beside');
  const people = page.getByRole('button', { name: /^People here/u });
  await people.click();
  await look(page, 'people-closed');
  await people.click();
  await page.setViewportSize(STILL.viewport);
  await people.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'people-open');
  await page.keyboard.press('Escape');
  await page.clock.fastForward('24:00:00');
  await expect(page.locator('h2.day').first()).toHaveText('Yesterday');
  await look(page, 'room-the-day-after');
  await grace.say(...Array.from({ length: 40 }, (_, at) => `and another thing, number ${at + 1}`));
  await expect(ada.texts.last()).toContainText('number 40');
  // The page has to have seen it before anything comes: till then it follows.
  await scrollUp(ada, 900);
  await linus.ask('rename', { room, name: 'Linus the second' });
  await linus.say('did you see this?', 'and this?');
  await expect(page.getByRole('button', { name: '2 new messages' })).toBeVisible();
  await look(page, 'room-new-messages');
}

/** The page is there, and the server has not answered yet. */
async function opening({ room, line, watch }: Parts, ada: Person, look: Look): Promise<void> {
  watch.allowNetworkTrouble();
  const { page } = ada;
  line.cut();
  await ada.enter('Ada', room);
  await expect(page.getByText('Opening the room')).toBeVisible();
  await look(page, 'room-opening');
  line.mend();
  await ada.isIn();
  await expect(page.locator('.connection-bar')).toHaveCount(0);
}

async function talk({ script, room }: Parts, ada: Person): Promise<readonly [Script, Script]> {
  const [linus, grace, mary] = [await script('Linus'), await script('Grace'), await script('Mary Shelley')];
  await (await script('Edsger')).ask('leave', { room });
  for (const [who, text] of TALK) await (who === 'Linus' ? linus : grace).say(text);
  await ada.send('I can tell them, I see everybody tonight anyway');
  await ada.send('The cake sounds good!');
  await expect.poll(() => textsOf(mary.heard)).toContain('The cake sounds good!');
  await mary.say('Room for one more? 🙂');
  await expect(ada.texts.last()).toContainText('Room for one more?');
  const log = (await mary.log()).filter(isMessage);
  const seqOf = (words: string): number => log.find(({ text }) => text.startsWith(words))?.seq ?? 0;
  const clientId = newClientId;
  await linus.ask('delete', { room, target: seqOf('this one'), clientId: clientId() });
  await grace.ask('edit', {
    room,
    target: seqOf('So: '),
    clientId: clientId(),
    text: 'So: Thursday, half past six, the van.',
  });
  await linus.ask('react', { room, target: seqOf('Me, in'), clientId: clientId(), emoji: '🎉' });
  await mary.ask('react', { room, target: seqOf('Me, in'), clientId: clientId(), emoji: '🎉' });
  await mary.ask('react', { room, target: seqOf('Me, in'), clientId: clientId(), emoji: '👍' });
  await expect(ada.page.getByText('(edited)')).toBeVisible();
  await expect(ada.page.getByRole('list', { name: 'Reactions' }).getByRole('listitem')).toHaveCount(2);
  return [linus, grace];
}

export async function statesOfMenus({ stranger, script, room, line, watch }: Parts, look: Look): Promise<void> {
  watch.allowNetworkTrouble();
  const ada = await stranger(STILL, line);
  const { page } = ada;
  await page.clock.install();
  await ada.appear('Ada', room);
  await (await script('Linus')).say('hello there');
  await expect(ada.texts).toHaveCount(1);
  await page.getByRole('button', { name: 'More' }).click();
  await look(page, 'menu');
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.locator('.toast')).toBeVisible();
  await still(page, () => look(page, 'toast'));
  for (const [item, heading] of [
    ['Invite people', 'Invite people to'],
    ['Settings', 'Settings'],
    ['Keyboard shortcuts', 'Keyboard shortcuts'],
    ['Give up my name', 'Give up your name?'],
    ['Sign out', 'Sign out?'],
  ] as const) {
    await choose(page, item);
    await expect(page.getByRole('dialog', { name: heading })).toBeVisible();
    if (item === 'Invite people') await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
    await look(page, `dialog-${item.toLowerCase().replaceAll(' ', '-')}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  line.cut();
  await ada.send('not yet');
  await choose(page, 'Sign out');
  await expect(page.getByRole('dialog')).toContainText('has not been sent yet');
  await look(page, 'dialog-sign-out-with-something-unsent');
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** What is over in a moment stays for as long as it is looked at: time goes on so slowly that axe's own timers still run. */
async function still(page: Page, act: () => Promise<void>): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  let isDone = false;
  const acting = act().finally(() => {
    isDone = true;
  });
  while (!isDone) await page.clock.runFor(1);
  await acting;
  await page.clock.resume();
}

export async function statesOfSending({ stranger, script, room, line, watch }: Parts, look: Look): Promise<void> {
  watch.allowNetworkTrouble();
  const ada = await stranger(STILL, line);
  const { page } = ada;
  // Stands for a server that is stricter than the page: what begins so is a text it does not take.
  await page.context().routeWebSocket(/\/socket\.io\//u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => server.send(String(frame).replace('refused', String.raw`re\u0000fused`)));
  });
  await ada.appear('Ada', room);
  const second = await ada.newTab();
  await second.page.goto(page.url());
  await second.isIn();
  const linus = await script('Linus, whose name is rather long');
  await linus.say('what do you think?');
  await ada.send('a mistake');
  await linus.ask('typing', { room });
  await expect(page.locator('.typing-line')).toContainText('is typing');
  await look(page, 'typing-one');
  for (const name of ['Grace', 'Edsger', 'Mary']) await (await script(name)).ask('typing', { room });
  await expect(page.locator('.typing-line')).toContainText('people are typing');
  await look(page, 'typing-several');
  await ada.send('refused');
  await expect(ada.transcript.getByRole('group', { name: 'Not sent' })).toBeVisible();
  await look(page, 'send-failed');
  await ada.composer.fill('word '.repeat(790).trim());
  await look(page, 'composer-nearly-full');
  await ada.composer.fill('word '.repeat(900));
  await ada.composer.press('Enter');
  await expect(page.getByText('499 too many')).toBeVisible();
  await look(page, 'composer-too-long');
  await ada.composer.fill('');
  await ada.transcript.getByRole('button', { name: 'Delete' }).click();
  for (const tab of [ada, second]) {
    // Point 27: both have the same draft.
    await expect(tab.composer).toHaveValue('');
    await tab.composer.press('ArrowUp');
    await expect(tab.composer).toHaveValue('a mistake');
  }
  await look(page, 'composer-editing');
  await second.composer.fill('');
  await second.composer.press('Enter');
  const deletion = second.page.getByRole('button', { name: 'Delete the message' });
  await expect(deletion).toBeVisible();
  await look(second.page, 'composer-edit-left-empty');
  await deletion.click();
  await expect(page.getByText('This message was deleted.')).toBeVisible();
  await ada.composer.fill('a better word');
  await ada.composer.press('Enter');
  await expect(page.getByRole('group', { name: 'Edit not saved' })).toBeVisible();
  await look(page, 'edit-refused');
}

export async function statesOfConnection({ stranger, script, room, line, watch }: Parts, look: Look): Promise<void> {
  watch.allowNetworkTrouble();
  const linus = await script('Linus');
  await linus.say(...Array.from({ length: 160 }, (_, at) => `what happened on day ${at + 1}`));
  const ada = await stranger(STILL, line);
  const { page } = ada;
  await page.clock.install();
  await ada.appear('Ada', room);
  await ada.send('before');
  await expect(ada.texts.last()).toHaveText('before');
  const bar = page.locator('.connection-bar');
  line.cut();
  await ada.send('on its way');
  await expect(bar).toContainText('Connecting');
  await expect(ada.texts.last()).toContainText('Sending');
  await look(page, 'connecting');
  await page.clock.fastForward(16_000);
  await expect(bar).toContainText('No connection.');
  await look(page, 'no-connection');
  await page.context().setOffline(true);
  await page.clock.fastForward(3_000);
  await expect(bar).toContainText('You are offline.');
  await look(page, 'offline');
  await scrollUp(ada, 1_000_000);
  await expect(ada.transcript.getByText('Earlier messages could not be loaded.')).toBeVisible();
  await look(page, 'history-in-trouble');
  await linus.say('you missed this', 'and this');
  line.mend();
  await page.context().setOffline(false);
  await expect(bar).toContainText('Back online, 2 new');
  await still(page, () => look(page, 'back-online'));
  const { origin } = ada;
  await ada.context.request.post(`${origin}/sign-out`, { headers: { origin } });
  // After so many losses the next try may be far off.
  await expect(async () => {
    await page.clock.fastForward(5_000);
    await expect(page.getByText('Your session has ended.')).toBeVisible({ timeout: 500 });
  }).toPass();
  await look(page, 'ended');
}
