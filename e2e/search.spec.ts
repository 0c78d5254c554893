// Points of design/experience.md: 19 and 20 (jumps), 22 (search), 23 (keys), 24 (what is heard), 29 (phones).
import type { Locator, Page } from '@playwright/test';
import { isBlank, isStorable } from '../protocol/text.ts';
import { searchQuery } from '../protocol/search-tokens.ts';
import { HOSTILE } from './support/hostile.ts';
import type { Person } from './support/person.ts';
import { newClientId, Script } from './support/script.ts';
import { look, openSearch, searchPanel, seqOf } from './support/states-of-search.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const hits = (panel: Locator): Locator => panel.getByRole('list', { name: 'Results' }).getByRole('listitem');
const row = (person: Person, text: string): Locator => person.messages.filter({ hasText: text });

test('points 22, 23: search and jump by keyboard alone; the panel stays, and Escape gives the focus back', async ({
  guest,
  script,
}) => {
  const ada = await guest('Ada');
  const { page } = ada;
  await page.setViewportSize({ width: 1280, height: 800 });
  const linus = await script('Linus');
  await linus.say(
    'the café is closed',
    ...Array.from({ length: 60 }, (_, at) => `message ${at + 1}`),
    'CAFES are open',
  );
  await expect(ada.texts.last()).toHaveText('CAFES are open');
  await ada.composer.focus();
  await page.keyboard.press('Control+Shift+F');
  const panel = searchPanel(ada);
  await expect(panel.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('cafe from:linus');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('status')).toHaveText('2 results.');
  await expect(hits(panel).locator('mark')).toHaveText(['CAFE', 'café']);
  await expect(hits(panel).first()).toContainText('Linus');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(ada, 'the café is closed')).toBeInViewport();
  await expect(panel).toBeVisible();
  await page.keyboard.press('Control+Shift+F');
  await expect(panel.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await page.keyboard.press('Control+Shift+F');
  await expect(panel.getByRole('searchbox')).toHaveValue('cafe from:linus');
  await expect(hits(panel)).toHaveCount(2);
  await page.keyboard.press('Escape');
});

test('point 23: a slash opens it, but where one writes; what was in focus is again', IN_ALL, async ({ guest }) => {
  const ada = await guest('Ada');
  const { page } = ada;
  await ada.composer.fill('and/or');
  await ada.composer.press('/');
  await expect(ada.composer).toHaveValue('and/or/');
  await ada.transcript.focus();
  await page.keyboard.press('/');
  await expect(searchPanel(ada).getByRole('searchbox')).toBeFocused();
  await expect(searchPanel(ada).getByRole('searchbox')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(searchPanel(ada)).toHaveCount(0);
  await expect(ada.transcript).toBeFocused();
  await page.getByRole('button', { name: 'Search', exact: true }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Search', exact: true })).toBeFocused();
});

test(
  'points 20, 22: a hit that is not loaded, and one of another room, are led to; the panel stays',
  IN_ALL,
  async ({ guest, script, room, server }) => {
    const other = server.newRoom();
    const elsewhere = await script('Linus', { room: other });
    await elsewhere.say('poppies over there');
    await (await script('Linus')).say(
      'poppies over here',
      ...Array.from({ length: 400 }, (_, at) => `message ${at + 1}`),
    );
    const ada = await guest('Ada');
    await ada.appear('Ada', other);
    await ada.appear('Ada', room);
    await ada.page.setViewportSize({ width: 1280, height: 800 });
    const panel = await openSearch(ada);
    await look(panel, 'poppies', '1 result.');
    await expect(row(ada, 'poppies over here')).toHaveCount(0);
    await hits(panel).getByRole('button').click();
    await expect(row(ada, 'poppies over here')).toBeFocused();
    await expect(row(ada, 'poppies over here')).toBeInViewport();
    await panel.getByRole('radio', { name: 'All my rooms' }).check();
    await expect(panel.getByRole('status')).toHaveText('2 results.');
    await hits(panel)
      .filter({ hasText: `in ${other}` })
      .getByRole('button')
      .click();
    await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText(other);
    await expect(ada.page).toHaveURL(new RegExp(`[?]at=${await seqOf(elsewhere, 'poppies')}$`, 'u'));
    await expect(row(ada, 'poppies over there')).toBeFocused();
    await expect(hits(panel)).toHaveCount(2);
    await hits(panel)
      .filter({ hasText: `in ${room}` })
      .getByRole('button')
      .click();
    await expect(row(ada, 'poppies over here')).toBeFocused();
  },
);

test('point 22: more results come page by page, and the focus goes on with them', IN_ALL, async ({ guest, script }) => {
  const ada = await guest('Ada');
  const linus = await script('Linus');
  await linus.say(...Array.from({ length: 45 }, (_, at) => `poppy ${at + 1}`));
  const panel = await openSearch(ada);
  await look(panel, 'pop', 'The newest 20 results. There are more.');
  await panel.getByRole('button', { name: 'Show older results' }).click();
  await expect(panel.getByRole('status')).toHaveText('The newest 40 results. There are more.');
  await expect(hits(panel).nth(20).getByRole('button')).toBeFocused();
  await panel.getByRole('button', { name: 'Show older results' }).click();
  await expect(panel.getByRole('status')).toHaveText('45 results.');
  await expect(hits(panel).nth(40).getByRole('button')).toBeFocused();
  await expect(hits(panel).last()).toContainText('poppy 1');
});

test('points 22, 24: what mentions me is a list of its own', IN_ALL, async ({ guest, script, room }) => {
  const ada = await guest('Ada');
  const linus = await script('Linus');
  const { here } = await linus.ask('here', { room });
  const mentions = here.filter(({ name }) => name === 'Ada').map(({ id }) => id);
  await linus.ask('message', { room, items: [{ clientId: newClientId(), text: '@Ada the cake!', mentions }] });
  const panel = await openSearch(ada);
  await panel.getByRole('tab', { name: 'Search' }).press('ArrowRight');
  await expect(panel.getByRole('tab', { name: 'Mentions of me' })).toBeFocused();
  await expect(panel.getByRole('status')).toHaveText('1 result.');
  await expect(hits(panel)).toContainText('@Ada the cake!');
});

test(
  'point 29: on a phone it is a sheet of full height, which goes when one jumps',
  IN_ALL,
  async ({ stranger, script, room }) => {
    const ada = await (await stranger({ viewport: { width: 360, height: 640 } })).appear('Ada', room);
    await (await script('Linus')).say('poppies', ...Array.from({ length: 30 }, (_, at) => `message ${at + 1}`));
    await expect(ada.texts.last()).toHaveText('message 30');
    const panel = await openSearch(ada);
    expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
    await look(panel, 'poppies', '1 result.');
    await hits(panel).getByRole('button').click();
    await expect(panel).toHaveCount(0);
    await expect(row(ada, 'poppies')).toBeInViewport();
    await expect(row(ada, 'poppies')).toBeFocused();
  },
);

test(
  'point 26: what cannot be asked is said in words, and asked again',
  IN_ALL,
  async ({ stranger, line, room, watch }) => {
    watch.allowNetworkTrouble();
    const ada = await (await stranger({}, line)).appear('Ada', room);
    await ada.send('poppies');
    const panel = await openSearch(ada);
    line.cut();
    await look(panel, 'poppies', 'There is no connection to the server at the moment.');
    await expect(ada.page.locator('.connection-bar')).toBeVisible();
    line.mend();
    await expect(ada.page.locator('.connection-bar')).toHaveCount(0);
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel.getByRole('status')).toHaveText('1 result.');
  },
);

test(
  'Q2, Q3: hostile texts are searched for and found, and nothing of them runs',
  IN_ALL,
  async ({ ownServer, stranger }) => {
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const script = await Script.connect(server.origin, { name: 'Script', room: 'hostile' });
    const texts = HOSTILE.filter((text) => isStorable(text) && !isBlank(text) && text.length < 900);
    for (let at = 0; at < texts.length; at += 20)
      await script.ask('message', {
        room: 'hostile',
        items: texts.slice(at, at + 20).map((text) => ({ clientId: newClientId(), text })),
      });
    const ada = await (await stranger({ viewport: { width: 320, height: 640 } }, server)).appear('Ada', 'hostile');
    const panel = await openSearch(ada);
    const sought = texts.filter((text, at) => at % 7 === 0 && !/[\r\n]/u.test(text) && searchQuery(text).length > 0);
    expect(sought.length).toBeGreaterThan(20);
    for (const text of sought) await look(panel, text, /result/u);
    await look(panel, 'script', /results/u);
    expect(await strangers(ada.page)).toEqual({ ran: false, tooWide: 0, strangers: 0 });
    script.close();
  },
);

async function strangers(page: Page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wrong = ':is(script, img, iframe, object, embed, style, link, base, video, svg:not(.icon))';
    return {
      ran: 'hostile' in window,
      tooWide: Math.max(0, scrollWidth - clientWidth),
      strangers: document.querySelectorAll(`.search ${wrong}`).length,
    };
  });
}
