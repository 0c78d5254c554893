// The rooms of a session beside the one that is shown, and the way between them.
import type { Locator, Page } from '@playwright/test';
import { roomPath } from '../protocol/names.ts';
import type { Address } from '../protocol/ids.ts';
import { scrollUp } from './support/reading.ts';
import type { Person } from './support/person.ts';
import { Script } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

function linkOf(page: Page, title: string): Locator {
  return page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: title, exact: false });
}

async function isShown(person: Person, title: string): Promise<void> {
  await expect(person.page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(linkOf(person.page, title)).toHaveAttribute('aria-current', 'page');
}

test('points 4, 8: rooms in one tab keep what was typed, and what is sent goes where it was written', async ({
  stranger,
  server,
}) => {
  const [tea, cake] = [`${server.newRoom()} tea`, `${server.newRoom()} cake`];
  const ada = await stranger(WIDE);
  await ada.appear('Ada', tea);
  await ada.appear('Ada', cake);
  const { page } = ada;
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await ada.composer.fill('half a cake');
  await linkOf(page, tea).click();
  await isShown(ada, tea);
  await expect(ada.composer).toBeFocused();
  await expect(ada.composer).toHaveValue('');
  await expect(linkOf(page, cake)).toContainText('draft');
  await ada.send('for tea');
  await page.goBack();
  await isShown(ada, cake);
  await expect(ada.composer).toHaveValue('half a cake');
  await expect(ada.messages).toHaveCount(0);
  await page.goForward();
  await isShown(ada, tea);
  await expect(page).toHaveTitle(`#${tea} · Snug`);
  await expect(page).toHaveURL(ada.origin + roomPath(tea as Address));
  await expect(ada.texts).toHaveText(['for tea']);
  expect(loads).toBe(0);
  await page.reload();
  await isShown(ada, tea);
  await expect(linkOf(page, cake)).toContainText('draft');
  await linkOf(page, cake).click();
  await expect(ada.composer).toHaveValue('half a cake');
});

test('T4, T5: the list says what is new elsewhere, until it is read, here or on another device', async ({
  stranger,
  server,
}) => {
  const [tea, cake] = [`${server.newRoom()} tea`, `${server.newRoom()} cake`];
  const ada = await stranger(WIDE);
  await ada.appear('Ada', cake);
  await ada.appear('Ada', tea);
  const { page } = ada;
  const linus = await Script.connect(server.origin, { name: 'Linus', room: cake });
  const other = await ada.newTab();
  await other.page.goto(page.url());
  for (const tab of [page, other.page]) await expect(linkOf(tab, cake)).toBeVisible();
  await linus.say('one', 'two');
  for (const tab of [page, other.page]) await expect(linkOf(tab, cake)).toHaveAccessibleName(/, 2 unread$/u);
  await page.bringToFront();
  await linkOf(page, cake).click();
  await expect(ada.texts).toHaveText(['one', 'two']);
  await expect(linkOf(other.page, cake)).not.toContainText('unread');
  await linkOf(page, tea).click();
  await isShown(ada, tea);
  await expect(linkOf(page, cake)).not.toContainText('unread');
  // By now this connection is in both.
  await linus.say('three');
  for (const tab of [page, other.page]) await expect(linkOf(tab, cake)).toHaveAccessibleName(/, 1 unread$/u);
  await page.reload();
  await expect(linkOf(page, cake)).toHaveAccessibleName(/, 1 unread$/u);
  linus.close();
});

test('a room that one comes back to is where one was reading, within 1 px', async ({
  stranger,
  server,
  room,
  script,
}) => {
  const linus = await script('Linus');
  await linus.say(...Array.from({ length: 120 }, (_, at) => `message ${at + 1}`));
  const other = server.newRoom();
  const ada = await stranger(WIDE);
  await ada.appear('Ada', other);
  await ada.appear('Ada', room);
  await scrollUp(ada, 2_000);
  const row = await firstRow(ada);
  await linkOf(ada.page, other).click();
  await isShown(ada, other);
  await linus.say('meanwhile');
  await expect(linkOf(ada.page, room)).toContainText('1');
  await linkOf(ada.page, room).click();
  await isShown(ada, room);
  await expect(ada.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  expect(Math.abs((await topOf(ada, row.text)) - row.top)).toBeLessThanOrEqual(1);
});

async function firstRow(ada: Person): Promise<{ text: string; top: number }> {
  const text = await ada.transcript.evaluate((scroller) => {
    const { top } = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll('article')];
    return rows.find((row) => row.getBoundingClientRect().top > top)?.querySelector('.text')?.textContent ?? '';
  });
  return { text, top: await topOf(ada, text) };
}

async function topOf(ada: Person, text: string): Promise<number> {
  const box = await ada.texts.getByText(text, { exact: true }).boundingBox();
  return box?.y ?? Number.NaN;
}

test(
  'points 23, 29: on a phone the rooms are a drawer, which back closes, and which leads on',
  IN_ALL,
  async ({ stranger, server }) => {
    const [tea, cake] = [`${server.newRoom()} tea`, `${server.newRoom()} cake`];
    const ada = await stranger(PHONE);
    await ada.appear('Ada', cake);
    await ada.appear('Ada', tea);
    const { page } = ada;
    const button = page.getByRole('button', { name: /^Rooms/u });
    await button.click();
    await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(tea);
    await button.click();
    await linkOf(page, cake).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(cake);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(tea);
    await button.click();
    await page.getByRole('button', { name: 'Go to a room' }).click();
    await page.getByRole('combobox').fill('cake');
    await page.getByRole('option', { name: cake }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(cake);
  },
);

test('D1: whoever is in a room is written to directly from the list of people, and finds that among their rooms', async ({
  stranger,
  room,
}) => {
  const ada = await (await stranger(WIDE)).appear('Ada', room);
  const ben = await (await stranger(WIDE)).appear('Ben', room);
  await ada.page.getByRole('button', { name: 'Ben', exact: true }).click();
  await ada.page.getByRole('button', { name: 'Write to Ben directly' }).click();
  await isShown(ada, 'Ben');
  await expect(ada.composer).toBeFocused();
  await ada.send('just you');
  await expect(linkOf(ben.page, 'Ada')).toHaveAccessibleName(/, 1 unread$/u);
  await linkOf(ben.page, 'Ada').click();
  await expect(ben.texts).toHaveText(['just you']);
  await expect(ben.page.getByText('only Ada and you can read')).toBeVisible();
  // Nobody can be asked into it.
  await ben.page.getByRole('button', { name: 'More' }).click();
  await expect(ben.page.getByRole('menuitem', { name: 'Topic' })).toBeVisible();
  await expect(ben.page.getByRole('menuitem', { name: 'Invite people' })).toHaveCount(0);
  await ben.page.reload();
  await isShown(ben, 'Ada');
  await expect(ben.texts).toHaveText(['just you']);
});

test('point 23: with the keyboard alone one switches rooms, by the list, by the keys and by the switcher', async ({
  stranger,
  server,
}) => {
  const [tea, cake, pie] = ['tea', 'cake', 'pie'].map((name) => `${server.newRoom()} ${name}`);
  const ada = await stranger(WIDE);
  for (const room of [pie, cake, tea]) await ada.appear('Ada', room ?? '');
  const { page } = ada;
  await expect(linkOf(page, 'pie')).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await isShown(ada, cake ?? '');
  await expect(ada.composer).toBeFocused();
  await page.keyboard.type('half a');
  await page.keyboard.press('Alt+ArrowDown');
  await isShown(ada, pie ?? '');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(ada.composer).toHaveValue('half a');
  await page.keyboard.press('ControlOrMeta+k');
  const field = page.getByRole('combobox', { name: 'Room, person or action' });
  await expect(field).toBeFocused();
  await page.keyboard.type('PIE');
  await expect(page.getByRole('option', { selected: true })).toHaveText(pie ?? '');
  await page.keyboard.press('Enter');
  await isShown(ada, pie ?? '');
  await expect(ada.composer).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('invite');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Invite people to/u })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(ada.composer).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('nothing like this');
  await expect(page.getByText('Nothing is called like this here.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(ada.composer).toBeFocused();
  await linkOf(page, tea ?? '').focus();
  await page.keyboard.press('Enter');
  await isShown(ada, tea ?? '');
  await expect(ada.composer).toBeFocused();
});

test('whom one ignores one does not read, also after a reload, and can again', async ({ guest, room, script }) => {
  const [ben, grace] = [await script('Ben'), await script('Grace')];
  const ada = await guest('Ada');
  const { page } = ada;
  await ben.say('one');
  await expect(ada.texts).toHaveText(['one']);
  await page.getByRole('button', { name: 'Ben', exact: true }).click();
  await page.getByRole('button', { name: 'Ignore', exact: true }).click();
  await expect(ada.texts).toHaveCount(0);
  await ben.say('two');
  await ben.ask('typing', { room });
  await grace.say('three');
  await page.reload();
  await expect(ada.texts).toHaveText(['three']);
  const folded = ada.transcript.locator('.ignored');
  await expect(folded).toContainText('2 messages of somebody you ignore');
  await folded.getByRole('button', { name: 'Show' }).click();
  await expect(ada.texts).toHaveText(['one', 'two', 'three']);
  await folded.getByRole('button', { name: 'Hide' }).click();
  await expect(ada.texts).toHaveText(['three']);
  await page.getByRole('button', { name: 'Undo: ignore Ben no more' }).click();
  await expect(ada.texts).toHaveText(['one', 'two', 'three']);
});
