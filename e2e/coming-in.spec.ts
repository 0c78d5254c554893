// Coming in by the login page, and what becomes of one's names: point 1, "Who is who", and what stays at a machine.
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import type { Person } from './support/person.ts';
import { expect, IN_ALL, test } from './support/story.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const nameOf = ({ page }: Person) => page.getByRole('textbox', { name: 'Your name' });
const roomOf = ({ page }: Person) => page.getByRole('textbox', { name: 'Room' });
const OFFER = 'Suggest a room name that is hard to guess';
const HARD_TO_GUESS = /^(?:[a-z]{6}-){2}[a-z]{6}$/u;

test('point 1: name and room are remembered; a room in the address is filled in, and the focus is on the name', async ({
  stranger,
  room,
}) => {
  const ada = await (await stranger()).comeIn('Ada', room);
  await ada.page.goto(ada.origin);
  await expect(nameOf(ada)).toHaveValue('Ada');
  await expect(roomOf(ada)).toHaveValue(room);
  await expect(nameOf(ada)).toBeFocused();
  await ada.page.goto(`${ada.origin}/?room=${encodeURIComponent(`${room} invited`)}`);
  await expect(roomOf(ada)).toHaveValue(`${room} invited`);
  await expect(nameOf(ada)).toHaveValue('Ada');
  await expect(nameOf(ada)).toBeFocused();
  // A second name in the same room is one word and one key away.
  await ada.page.goto(ada.origin);
  await ada.page.keyboard.type('Ben');
  await ada.page.keyboard.press('Enter');
  await ada.isIn();
  await ada.send('two of us');
  await expect(ada.messagesBy('Ben')).toHaveText(['two of us']);
});

test('point 1: joining takes one round trip, and leads straight to the room', async ({ stranger, room }) => {
  const ada = await stranger();
  await ada.page.goto(ada.origin);
  await ada.fillIn('Ada', room);
  const asked: string[] = [];
  ada.page.on('request', (request) => {
    if (request.isNavigationRequest()) asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await ada.join();
  await ada.isIn();
  expect(asked).toEqual(['POST /', `GET /chat/${encodeURIComponent(room)}`]);
});

test('H1: where the answer to the form was lost, the same form comes in, as nobody’s ghost: at the first visit and later', async ({
  stranger,
  line,
  room,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const ada = await stranger({}, line);
  for (const where of [room, `${room} too`]) {
    const unlucky = await ada.newTab();
    await unlucky.page.goto(ada.origin);
    await unlucky.fillIn('Ada', where);
    line.loseFormAnswers();
    const failed = unlucky.page.waitForEvent('requestfailed', (request) => request.method() === 'POST');
    await unlucky.join();
    await failed;
    line.mend();
    await (await ada.newTab()).comeIn('Ada', where);
  }
  await ada.page.goto(ada.origin);
  for (const where of [room, `${room} too`])
    await expect(ada.page.getByRole('link', { name: `${where} as Ada` })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  const [how, when] = javaScriptEnabled ? ['', {}] : [', without scripts too', IN_ALL];

  test(`point 1: a recent room is one click away, as who one was there${how}`, when, async ({ stranger, room }) => {
    const ada = await stranger({ javaScriptEnabled });
    for (const name of ['Ada', 'Ben']) {
      const form = { name, room };
      await ada.context.request.post(ada.origin, { form, headers: { origin: ada.origin }, maxRedirects: 0 });
    }
    await ada.page.goto(ada.origin);
    await ada.page.getByRole('link', { name: `${room} as Ada` }).click();
    await expect(ada.page.locator('#chat')).toHaveAttribute('data-name', 'Ada');
    await ada.page.goto(ada.origin);
    await ada.page.getByRole('link', { name: `${room} as Ben` }).click();
    await expect(ada.page.locator('#chat')).toHaveAttribute('data-name', 'Ben');
  });

  test(
    `a room name that is hard to guess is on offer, and nothing typed is lost by it${how}`,
    when,
    async ({ stranger }) => {
      const ada = await stranger({ javaScriptEnabled });
      await ada.page.goto(ada.origin);
      await ada.fillIn('Ada', 'tea');
      await ada.page.getByRole('button', { name: OFFER }).click();
      await expect(roomOf(ada)).toHaveValue(HARD_TO_GUESS);
      await expect(nameOf(ada)).toHaveValue('Ada');
      const first = await roomOf(ada).inputValue();
      await ada.page.getByRole('button', { name: OFFER }).click();
      await expect(roomOf(ada)).not.toHaveValue(first);
      const offered = await roomOf(ada).inputValue();
      // Enter in a field joins, and asks for no other name.
      await nameOf(ada).press('Enter');
      await expect(ada.page).toHaveURL(`${ada.origin}/chat/${offered}`);
    },
  );
}

test('who is inside stands beside the form from 960 px, for members alone', async ({ stranger, guest, room }) => {
  await guest('Linus');
  const ada = await stranger({ viewport: { width: 960, height: 700 } });
  await ada.appear('Ada', room);
  const invited = await ada.newTab();
  await invited.page.goto(`${ada.origin}/?room=${encodeURIComponent(room)}`);
  const inside = invited.page.getByRole('complementary', { name: room });
  await expect(inside).toContainText('2 here now');
  await expect(inside.getByRole('listitem')).toHaveText(['Linus', 'Ada you']);
  await invited.page.setViewportSize({ width: 959, height: 700 });
  await expect(inside).toBeHidden();
  const eve = await stranger();
  await eve.page.goto(`${eve.origin}/?room=${encodeURIComponent(room)}`);
  await expect(nameOf(eve)).toBeFocused();
  await expect(eve.page.getByText('Linus')).toHaveCount(0);
  await expect(eve.page.getByText('here now')).toHaveCount(0);
});

test('N7: signing out, by keyboard alone: every tab is out and says so, the names are free, and nothing stays at the machine', async ({
  guest,
  stranger,
  room,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const eve = await guest('Eve');
  const ada = await (await stranger()).comeIn('Ada', room);
  const other = await (await ada.newTab()).comeIn('Ben', `${room} too`);
  await other.composer.fill('never sent');
  // Notices collapse: what comes after a message stands alone.
  await eve.send('all here');
  const here = await ada.newTab();
  await here.page.goto(here.origin);
  await expect(here.page.getByRole('link', { name: `${room} as Ada` })).toBeVisible();
  await tabTo(here.page, 'Sign out');
  await here.page.keyboard.press('Enter');
  await expect(here.page.getByRole('heading', { name: 'Sign out of this browser?' })).toBeVisible();
  await expect(here.page.getByRole('main')).toContainText('Your names are free at once');
  await expect(here.page.getByRole('status')).toHaveText('Not sent yet: 1 draft. Sign out, and this is lost.');
  await tabTo(here.page, 'Sign out');
  await here.page.keyboard.press('Enter');
  await expect(here.page).toHaveURL(`${here.origin}/`);
  await expect(here.page.getByRole('status')).toContainText('You are signed out');
  for (const tab of [ada, other])
    await expect(tab.page.getByRole('alert')).toContainText(/session has ended|signed out/u);
  await expect(eve.notices.last()).toContainText('Ada left');
  for (const field of [nameOf(here), roomOf(here)]) await expect(field).toHaveValue('');
  await expect(here.page.getByRole('link', { name: room })).toHaveCount(0);
  await expectNothingKept(here.page);
  // Of the session: the page that followed gave what every visitor gets.
  const cookies = (await ada.context.cookies()).filter(({ name }) => name.includes('snug-'));
  expect(cookies.filter(({ value }) => !value.startsWith('new.'))).toEqual([]);
  await (await stranger()).appear('Ada', room);
});

test('nothing stays at the machine where the browser does not heed Clear-Site-Data either', async ({
  stranger,
  room,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const ada = await (await stranger()).comeIn('Ada', room);
  await ada.composer.fill('never sent');
  await ada.context.route('**/sign-out', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const { 'clear-site-data': _, ...headers } = response.headers();
    return route.fulfill({ response, headers });
  });
  const here = await ada.newTab();
  await here.page.goto(`${here.origin}/sign-out`);
  await here.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(here.page.getByRole('status')).toContainText('You are signed out');
  await expect(nameOf(here)).toHaveValue('');
  await expectNothingKept(here.page);
});

test('N7: signing out and giving a name up work without scripts; both ask first', async ({ stranger, room }) => {
  const ada = await stranger({ javaScriptEnabled: false });
  const { page, origin } = ada;
  for (const name of ['Ada', 'Ben']) {
    await page.goto(origin);
    await ada.fillIn(name, room);
    await ada.join();
  }
  await page.goto(origin);
  await page.getByRole('link', { name: 'Your names and rooms' }).click();
  const names = page.getByRole('main').getByRole('listitem');
  const mine = names.filter({ hasText: 'Ada' });
  await mine.getByRole('link', { name: 'Give up the name' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Give up the name Ada in ${room}?`);
  await page.getByRole('link', { name: 'Keep it' }).click();
  await expect(mine).toBeVisible();
  await mine.getByRole('link', { name: 'Give up the name' }).click();
  await page.getByRole('button', { name: 'Give up the name' }).click();
  await expect(names).toHaveCount(1);
  await (await stranger()).appear('Ada', room);
  await page.getByRole('link', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('status')).toContainText('You are signed out');
  await (await stranger()).appear('Ben', room);
});

test('N7: a name that is given up takes its tabs out of the room, and the other names stay in', async ({
  guest,
  room,
}) => {
  const eve = await guest('Eve');
  const ada = await guest('Ada');
  const ben = await (await ada.newTab()).comeIn('Ben', room);
  await eve.send('all here');
  const here = await ada.newTab();
  await here.page.goto(`${here.origin}/names`);
  await here.page
    .getByRole('listitem')
    .filter({ hasText: 'Ada' })
    .getByRole('link', { name: 'Give up the name' })
    .click();
  await here.page.getByRole('button', { name: 'Give up the name' }).click();
  await expect(ada.page.getByRole('alert')).toContainText('not in this room');
  await expect(eve.notices.last()).toContainText('Ada left');
  await ben.send('I stay');
  await expect(eve.messagesBy('Ben')).toHaveText(['I stay']);
});

test('N7 H1: a name is its session’s over lost connections, reloads and a killed server, and nobody else’s', async ({
  ownServer,
  guest,
  stranger,
  watch,
}) => {
  watch.allow(/status of 422/u);
  watch.allowNetworkTrouble();
  const server = await ownServer();
  const ada = await guest('Ada', server);
  await ada.send('before');
  await server.kill();
  await server.restart();
  const eve = await stranger({}, server);
  await eve.page.goto(eve.origin);
  const wanted = new URL(ada.page.url()).pathname.slice('/chat/'.length);
  // The second with a Cyrillic letter.
  for (const name of ['ADA', '\u0410da']) {
    await eve.fillIn(name, decodeURIComponent(wanted));
    const answered = eve.page.waitForResponse((response) => response.request().method() === 'POST');
    await eve.join();
    expect((await answered).status()).toBe(422);
  }
  await ada.page.reload();
  await ada.isIn();
  await ada.send('after');
  await expect(ada.messagesBy('Ada')).toHaveText(['before', 'after']);
});

const HOSTILE = '"><img src=x onerror=alert(1)>';
const RTL = '\u05e9\u05dc\u05d5\u05dd<b>';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 768, 1280]) {
    const when = colorScheme === 'light' && width === 320 ? {} : IN_ALL;
    test(
      `axe finds nothing wrong where one comes in, has names, gives them up and signs out, ${colorScheme}, at ${width} px; no name breaks the layout`,
      when,
      async ({ stranger, room }) => {
        const ada = await stranger({ colorScheme, viewport: { width, height: 720 } });
        const { page, origin } = ada;
        for (const [name, where] of [
          [HOSTILE, `${room} ${width} ${colorScheme} ${'w'.repeat(40)}`],
          [RTL, `${room} ${width} ${colorScheme} ${RTL}`],
          ['W'.repeat(32), `${room} ${width} ${colorScheme}`],
        ] as const) {
          await ada.context.request.post(origin, { form: { name, room: where }, headers: { origin }, maxRedirects: 0 });
        }
        for (const path of ['/', '/names', '/sign-out']) {
          await page.goto(origin + path);
          await expect(page.getByText('W'.repeat(32)).first()).toBeVisible();
          await expectNoViolations(page);
          await expectNoOverflow(page);
        }
        await page.goto(`${origin}/names`);
        await page.getByRole('link', { name: 'Give up the name' }).last().click();
        await expect(page.getByRole('heading', { level: 1 })).toContainText(HOSTILE);
        await expectNoViolations(page);
        await expectNoOverflow(page);
      },
    );
  }
}

/** Tabs until what has the focus has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  await expect(async () => {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (focused !== name) await page.keyboard.press('Tab');
    expect(focused).toBe(name);
  }).toPass({ intervals: [0] });
}

async function expectNothingKept(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const databases = await indexedDB.databases();
        return [Object.keys(localStorage), Object.keys(sessionStorage), databases.map(({ name }) => name)];
      }),
    )
    .toEqual([[], [], []]);
}

async function expectNoOverflow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

async function expectNoViolations(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document);
    return found.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
    );
  });
  expect(violations).toEqual([]);
}
