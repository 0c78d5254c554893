import type { Page } from '@playwright/test';
import type { Person } from './support/person.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}

async function chooseTheme(page: Page, name: string): Promise<void> {
  await choose(page, 'Settings');
  await page.getByRole('radio', { name }).click();
  await page.keyboard.press('Escape');
}

/** Whether anything is wider than the screen. */
function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

test('point 2: an empty room shows its link, a QR code and where to say hello', async ({ stranger, server }) => {
  const room = `${server.newRoom()} чай`;
  const options = { permissions: ['clipboard-read', 'clipboard-write'] };
  const ada = await (await stranger(options)).appear('Ada', room);
  const card = ada.page.getByRole('region', { name: 'Start of the room' });
  await expect(card).toContainText(`/chat/${room}`);
  await expect(card).toContainText('as private as its name is hard to guess');
  await expect(card.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await card.getByRole('button', { name: 'Copy link' }).click();
  await expect(card).toContainText('Copied.');
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^[\x21-\x7e]+$/u);
  await card.getByText(room).last().click();
  await ada.page.keyboard.press('ControlOrMeta+c');
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  const linus = await stranger();
  await linus.page.goto(link);
  await expect(linus.page.getByRole('textbox', { name: 'Room' })).toHaveValue(room);
  await card.getByRole('button', { name: 'Say hello' }).click();
  await expect(ada.composer).toBeFocused();
});

test('what draws QR codes is loaded when the first is shown', async ({ guest, script }) => {
  await (await script('Linus')).say('hello');
  const ada = await guest('Ada');
  const loaded = () =>
    ada.page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('qr-code')).length,
    );
  await expect(ada.messages).toHaveCount(1);
  expect(await loaded()).toBe(0);
  await choose(ada.page, 'Invite people');
  await expect(ada.page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  expect(await loaded()).toBe(1);
});

test('L17: whoever is in a room says what it is called and is about, and everybody is told', async ({ guest }) => {
  const [ada, linus] = [await guest('Ada'), await guest('Linus')];
  const { page } = ada;
  await choose(page, 'Title and topic');
  await page.getByRole('textbox', { name: 'Title' }).fill('High tea');
  await page.getByRole('textbox', { name: 'Topic' }).fill('scones\nand jam');
  await page.getByRole('button', { name: 'Save' }).click();
  for (const person of [ada, linus]) {
    await expect(person.page.getByRole('heading', { level: 1 })).toHaveText('High tea');
    await expect(person.page.locator('.topic')).toHaveText('scones and jam');
    await expect(person.notices.last()).toHaveText('Ada set the topic: scones and jam');
    await expect(person.page).toHaveTitle('#High tea · Snug');
  }
  await linus.page.reload();
  await expect(linus.page.locator('.topic')).toHaveText('scones and jam');
});

test('the menu and its dialogs by keyboard: the focus is never lost', async ({ guest }) => {
  const { page } = await guest('Ada');
  const more = page.getByRole('button', { name: 'More' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Invite people' })).toBeFocused();
  await page.keyboard.press('Enter');
  const invite = page.getByRole('dialog', { name: /^Invite people to/u });
  await expect(invite).toBeVisible();
  await expect(invite.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(invite).toHaveCount(0);
  await expect(more).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

test('a theme that is chosen holds at once, and on every page from its first byte', async ({ stranger, room }) => {
  const ada = await (await stranger({ colorScheme: 'light' })).appear('Ada', room);
  const { page, origin } = ada;
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await ground()).toBe('rgb(251, 250, 247)');
  await chooseTheme(page, 'Dark');
  expect(await ground()).toBe('rgb(17, 20, 25)');
  for (const url of [page.url(), origin, `${origin}/nowhere`]) {
    const html = await (await ada.context.request.get(url)).text();
    expect(html).toContain('<html lang="en" data-theme="dark">');
  }
  await page.reload();
  expect(await ground()).toBe('rgb(17, 20, 25)');
  await ada.isIn();
  await chooseTheme(page, 'As the device');
  expect(await ground()).toBe('rgb(251, 250, 247)');
  expect(await (await ada.context.request.get(origin)).text()).toContain('<html lang="en">');
});

test('a name is given up after a question, and is free', async ({ guest, stranger, room }) => {
  const ada = await guest('Ada');
  await choose(ada.page, 'Give up my name');
  const question = ada.page.getByRole('dialog', { name: 'Give up your name?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toHaveCount(0);
  await choose(ada.page, 'Give up my name');
  await question.getByRole('button', { name: 'Give up my name' }).click();
  await expect(ada.page.getByRole('textbox', { name: 'Room' })).toBeVisible();
  await (await stranger()).appear('Ada', room);
});

test('whoever signs out by the menu is a stranger afterwards', async ({ guest }) => {
  const ada = await guest('Ada');
  const inside = ada.page.url();
  await choose(ada.page, 'Sign out');
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(ada.page).toHaveURL(`${ada.origin}/`);
  await ada.page.goto(inside);
  await expect(ada.page).toHaveURL(/\/\?room=/u);
});

test('on a phone one leaves by the menu', async ({ stranger, room }) => {
  const { page, origin } = await (await stranger(PHONE)).appear('Ada', room);
  await choose(page, 'Leave this room');
  await expect(page).toHaveURL(`${origin}/`);
});

test('point 29: on a phone the list of people is a sheet of full height, and back closes it', async ({
  stranger,
  room,
}) => {
  const { page } = await (await stranger(PHONE)).appear('Ada', room);
  const address = page.url();
  const people = page.getByRole('dialog');
  for (let time = 0; time < 2; time += 1) {
    await page.getByRole('button', { name: /^People here/u }).click();
    await expect(people).toHaveCSS('height', '740px');
    await expect(people).toHaveCSS('width', '360px');
    await page.goBack();
    await expect(people).toHaveCount(0);
    expect(page.url()).toBe(address);
  }
  await choose(page, 'Invite people');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(people).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'More' })).toBeFocused();
  expect(page.url()).toBe(address);
});

test('point 29: on a touch screen everything that is pressed is at least 44 px', async ({ stranger, room }) => {
  const { page } = await (await stranger(PHONE)).appear('Ada', room);
  await page.getByRole('button', { name: 'More' }).click();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('a, button, input, textarea')]
      .filter((control) => control.checkVisibility() && !control.classList.contains('skip'))
      .filter((control) => {
        const { width, height } = control.getBoundingClientRect();
        // A transition may be a fraction of a pixel away from its end.
        return Math.round(Math.min(width, height)) < 44;
      })
      .map(({ outerHTML }) => outerHTML),
  );
  expect(small).toEqual([]);
});

for (const [title, options] of [
  ['at 320 px', { viewport: { width: 320, height: 640 } }],
  ['in forced colours', { viewport: { width: 360, height: 740 }, forcedColors: 'active' }],
] as const) {
  test(`nothing is wider than the screen ${title}, also at 200 % text and from right to left`, async ({
    stranger,
    server,
  }) => {
    const room = `${server.newRoom()} a_room_with_a_long_name_in_one_word_and_no_end`;
    const { page } = await (await stranger(options)).appear('Ada', room);
    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate((dir) => {
        document.documentElement.dir = dir;
        document.documentElement.style.fontSize = '200%';
      }, direction);
      expect(await overflows(page)).toBe(false);
      await page.getByRole('button', { name: 'More' }).click();
      const menu = await page.getByRole('menu').boundingBox();
      expect(menu!.x).toBeGreaterThanOrEqual(0);
      expect(menu!.x + menu!.width).toBeLessThanOrEqual(options.viewport.width);
      await page.getByRole('menuitem', { name: 'Invite people' }).click();
      expect(await overflows(page)).toBe(false);
      await page.getByRole('button', { name: 'Close' }).click();
    }
  });
}

test(
  'point 26: the bar of a lost connection moves nothing that is read, and says what was missed',
  IN_ALL,
  async ({ guest, script, line, watch }) => {
    watch.allowNetworkTrouble();
    const linus = await script('Linus');
    await linus.say(...Array.from({ length: 8 }, (_, at) => `a\nscreen\nfull of\nlines\n${at}`));
    const ada = await guest('Ada', line);
    const places = () => ada.messages.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
    await expect(ada.texts.last()).toContainText('7');
    const before = await places();
    line.cut();
    await expect(bar(ada)).toContainText('Connecting');
    expect(await places()).toEqual(before);
    await linus.say('you missed this', 'and this');
    await expect(ada.page.getByRole('button', { name: 'Try now' })).toBeVisible({ timeout: 20_000 });
    await expect(bar(ada)).toContainText(/Next try in \d+ s/u);
    expect(await places()).toEqual(before);
    line.mend();
    await ada.page.getByRole('button', { name: 'Try now' }).click();
    await expect(bar(ada)).toHaveText('Back online, 2 new');
    await expect(bar(ada)).toHaveCount(0);
  },
);

function bar({ page }: Person) {
  return page.locator('.connection-bar');
}
