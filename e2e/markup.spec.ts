// What people write with marks: how it is drawn, read, found and copied, and what they write it with.
import type { Locator, Page } from '@playwright/test';
import type { Person } from './support/person.ts';
import { scrollUp, watchDrift } from './support/reading.ts';
import { isMessage, newClientId } from './support/script.ts';
import { CODE, coloursIn } from './support/states-of-markup.ts';
import { expect, test } from './support/story.ts';

const MAY_COPY = { permissions: ['clipboard-read', 'clipboard-write'] };
const FORMS = `**bold** *italic* ~~struck~~ \`code\` ||hidden||
> quoted
- one
  - two
1. first
\`\`\`js
let a = 1;
\`\`\``;

const drawn = (person: Person): Locator => person.texts.last();

test('markup: every form is drawn, alike for its sender, for whoever hears it, and for who comes later', async ({
  guest,
}) => {
  const [ada, ben] = [await guest('Ada'), await guest('Ben')];
  await ada.send(FORMS);
  for (const person of [ada, ben]) await expect(drawn(person)).toContainText('quoted');
  const cleo = await guest('Cleo');
  await expect(drawn(cleo)).toContainText('quoted');
  const html = await Promise.all([ada, ben, cleo].map((person) => drawn(person).evaluate((text) => text.innerHTML)));
  expect(new Set(html).size).toBe(1);
  const text = drawn(ben);
  for (const [tag, words] of [
    ['strong', 'bold'],
    ['em', 'italic'],
    ['s', 'struck'],
    ['p > code', 'code'],
    ['blockquote', 'quoted'],
    ['ul ul > li', 'two'],
    ['ol > li', 'first'],
    ['pre', 'let a = 1;'],
  ] as const)
    await expect(text.locator(tag)).toHaveText(words);
  await expect(text.getByRole('listitem')).toHaveCount(3);
  await expect(text.locator('.spoiler')).toHaveCount(1);
  await expect(text.getByRole('heading')).toHaveCount(0);
});

test('markup: an edit is drawn anew, and a reload draws the same', async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.send('plain');
  await expect(ada.texts).toHaveText(['plain']);
  await ada.composer.press('ArrowUp');
  await expect(ada.composer).toHaveValue('plain');
  await ada.composer.fill('**bold** now');
  await ada.composer.press('Enter');
  for (const _ of [1, 2]) {
    await expect(drawn(ada)).toHaveText('bold now (edited)');
    await expect(drawn(ada).locator('strong')).toHaveText('bold');
    await ada.page.reload();
  }
});

test('markup: "/me" tells what one does, and a second slash means the first', async ({ guest }) => {
  const [ada, ben] = [await guest('Ada'), await guest('Ben')];
  await ada.send('/me waves to **all**');
  await ada.send('//me is no command');
  await expect(ben.texts).toHaveText(['Ada waves to all', '/me is no command']);
  await expect(ben.messages.first()).toHaveAccessibleName(/^Ada, /u);
});

test('point 24: a spoiler is revealed by the keyboard, and read aloud; the announcer does not give it away', async ({
  guest,
}) => {
  const [ada, ben] = [await guest('Ada'), await guest('Ben')];
  await ada.send('It was ||the **butler**||.');
  await expect(ben.page.getByRole('status', { name: 'News' })).toHaveText('Ada: It was (spoiler).');
  const button = drawn(ben).getByRole('button', { name: 'Spoiler. Show it' });
  expect(await find(ben.page, 'butler')).toBe(false);
  await expect(button.locator('span')).toBeHidden();
  await button.focus();
  await ben.page.keyboard.press('Enter');
  const shown = drawn(ben).getByRole('status');
  await expect(shown).toHaveText('the butler');
  await expect(shown.locator('strong')).toBeVisible();
  await expect(shown).toBeFocused();
  expect(await find(ben.page, 'butler')).toBe(true);
});

test('point 22: the browser’s own search finds what is drawn, across its marks', async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.send('so **very** plain, `in code`\n```\nand in a block\n```\n- and *in* a list');
  await expect(drawn(ada)).toContainText('in a list');
  for (const words of ['so very plain', 'in code', 'and in a block', 'and in a list']) {
    expect(await find(ada.page, words), words).toBe(true);
  }
});

test('markup: a link opens elsewhere, has no hold on this page, and says where it leads', async ({ guest, script }) => {
  const ada = await guest('Ada');
  await (await script('Linus')).say(
    `[here](${ada.origin}/?room=elsewhere) and ${ada.origin}/ and [x](javascript:alert(1))`,
  );
  const links = drawn(ada).getByRole('link');
  await expect(links).toHaveCount(2);
  await expect(drawn(ada)).toContainText(`here (${new URL(ada.origin).host}) and`);
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('rel', 'noopener nofollow ugc');
    await expect(link).toHaveAttribute('target', '_blank');
  }
  const opened = ada.page.waitForEvent('popup');
  await links.first().click();
  const page = await opened;
  await expect(page.getByRole('textbox', { name: 'Room' })).toHaveValue('elsewhere');
  expect(await page.evaluate(() => window.opener)).toBeNull();
});

test('point 11: colours of code come late, in a thread of their own, forbidden by no policy, and move nothing', async ({
  ownServer,
  stranger,
  script,
  room,
}) => {
  const server = await ownServer({ SNUG_LIMITS: 'off', SNUG_GRACE_MS: '120000' });
  const linus = await script('Linus', {}, server);
  for (let at = 0; at < 30; at += 1) await linus.say(`number ${at}`, `\`\`\`ts\n${CODE}\n\`\`\``);
  const ada = await stranger({ colorScheme: 'dark' }, server);
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await ada.page.route(/code-painter/u, async (route) => {
    await released;
    await route.continue();
  });
  await ada.appear('Ada', room);
  await expect(drawn(ada)).toContainText('kettle');
  await scrollUp(ada, 1_500);
  await expect(drawn(ada)).not.toBeInViewport();
  expect(await coloursIn(ada.page)).toBe(0);
  const heights = () => ada.messages.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  const before = await heights();
  const drift = await watchDrift(ada.page);
  release();
  await expect.poll(() => coloursIn(ada.page)).toBeGreaterThan(400);
  expect(await heights()).toEqual(before);
  expect(await drift()).toBeLessThanOrEqual(1);
  expect(ada.page.workers()).toHaveLength(1);
  const code = ada.page.locator('pre code').first();
  const colour = await code.evaluate((element) => getComputedStyle(element, '::highlight(code-keyword)').color);
  expect(colour).toBe('rgb(208, 169, 240)');
});

test('markup: colours go with their row, and code that takes seconds to colour holds up neither the page nor other code', async ({
  guest,
  script,
  room,
}) => {
  const ada = await guest('Ada');
  const linus = await script('Linus');
  await linus.say('```html\n' + '<script>'.repeat(490) + '\n```');
  await linus.say('```js\nlet a = 1;\n```');
  await expect.poll(() => colourOf(ada.page, 'let')).toBe('code-keyword');
  await linus.say('and on');
  await expect(drawn(ada)).toHaveText('and on');
  const code = (await linus.log()).filter(isMessage).find(({ text }) => text.includes('let a'));
  await linus.ask('delete', { room, target: code?.seq ?? 0, clientId: newClientId() });
  await expect.poll(() => colourOf(ada.page, 'let')).toBeUndefined();
});

test('markup: emoji that are called by name load when somebody does so', async ({ guest }) => {
  const ada = await guest('Ada');
  const asked: string[] = [];
  ada.page.on('request', (request) => asked.push(request.url()));
  await ada.send('no :-) emoji: yet');
  await expect(drawn(ada)).toHaveText('no :-) emoji: yet');
  expect(asked.filter((url) => url.includes('emoji'))).toEqual([]);
  await ada.send('a feast :tada:');
  await expect(drawn(ada)).toHaveText('a feast 🎉');
  expect(asked.filter((url) => url.includes('emoji'))).toHaveLength(1);
});

test('markup: who copies all of a text gets what was written, and a button copies code', async ({ stranger, room }) => {
  const ada = await (await stranger(MAY_COPY)).appear('Ada', room);
  const written = '**so** it is\n- `a`\n- b';
  await ada.send(written);
  await drawn(ada).selectText();
  await ada.page.keyboard.press('Control+C');
  expect(await clipboard(ada.page)).toBe(written);
  await drawn(ada).locator('strong').selectText();
  await ada.page.keyboard.press('Control+C');
  expect(await clipboard(ada.page)).toBe('so');
  await ada.send('```js\nlet a;\n\n  b\n```');
  await drawn(ada).getByRole('button', { name: 'Copy' }).click();
  await expect(drawn(ada).getByText('Copied.')).toBeVisible();
  expect(await clipboard(ada.page)).toBe('let a;\n\n  b');
});

test('the composer: the formatting bar works by keyboard alone, and undo takes back what it did', async ({ guest }) => {
  const ada = await guest('Ada');
  const { page, composer } = ada;
  await composer.pressSequentially('so it is');
  await composer.press('Shift+Home');
  // The emoji come first.
  for (let tabs = 0; tabs < 2; tabs += 1) await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Formatting' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Bold' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Spoiler' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(composer).toBeFocused();
  await expect(composer).toHaveValue('*so it is*');
  await page.keyboard.press('Control+Z');
  await expect(composer).toHaveValue('so it is');
  await page.keyboard.press('Control+Shift+Z');
  await expect(composer).toHaveValue('*so it is*');
  await page.keyboard.press('Enter');
  await expect(drawn(ada).locator('em')).toHaveText('so it is');
});

test('the composer: keys format what is selected, and undo takes it back', async ({ guest }) => {
  const ada = await guest('Ada');
  const { composer } = ada;
  await composer.pressSequentially('word');
  for (const [keys, value] of [
    ['Control+B', '**word**'],
    ['Control+I', '*word*'],
    ['Control+E', '`word`'],
    ['Control+Shift+X', '~~word~~'],
  ] as const) {
    await composer.press('Control+A');
    await composer.press(keys);
    await expect(composer).toHaveValue(value);
    await composer.press('Control+Z');
    await expect(composer).toHaveValue('word');
  }
});

test('the composer: an address that is pasted over words makes a link of them', async ({ stranger, room }) => {
  const ada = await (await stranger(MAY_COPY)).appear('Ada', room);
  const { page, composer } = ada;
  await composer.fill('this');
  await composer.press('Control+A');
  await page.evaluate(() => navigator.clipboard.writeText('https://example.org/a_(b)'));
  await composer.press('Control+V');
  await expect(composer).toHaveValue('[this](https://example.org/a_%28b%29)');
  await composer.press('Control+Z');
  await expect(composer).toHaveValue('this');
  await composer.press('End');
  await composer.press('Control+V');
  await expect(composer).toHaveValue('thishttps://example.org/a_(b)');
});

test('the composer: what a text will become is shown below it, only where it is another, and not after one put it away', async ({
  guest,
}) => {
  const ada = await guest('Ada');
  const { page, composer } = ada;
  const preview = page.getByRole('region', { name: 'Preview' });
  await composer.fill('nothing special');
  await expect(preview).toHaveCount(0);
  await composer.fill('/me **waves**');
  await expect(preview.locator('.text')).toHaveText('Ada waves');
  await expect(preview.locator('strong')).toHaveText('waves');
  await preview.getByRole('button', { name: 'Preview', expanded: true }).press('Enter');
  await expect(preview.locator('.text')).toHaveCount(0);
  await expect(composer).toHaveValue('/me **waves**');
  await page.reload();
  await expect(preview.getByRole('button', { name: 'Preview', expanded: false })).toBeVisible();
  await composer.press('Enter');
  await expect(drawn(ada)).toHaveText('Ada waves');
  await expect(preview).toHaveCount(0);
});

test('point 6: a low window has room to read while one writes with marks, and so no preview', async ({
  stranger,
  room,
}) => {
  const ada = await (await stranger({ viewport: { width: 640, height: 320 } })).appear('Ada', room);
  const left = async () => (await ada.transcript.boundingBox())!.height;
  await ada.composer.fill('line\n'.repeat(300));
  const plain = await left();
  await ada.composer.fill('**line**\n'.repeat(300));
  await expect(ada.composer).toHaveValue(/line/u);
  expect(await left()).toBe(plain);
  await ada.page.setViewportSize({ width: 360, height: 740 });
  await expect(ada.page.getByRole('region', { name: 'Preview' })).toBeVisible();
  expect(await left()).toBeGreaterThan(740 / 4);
});

/** Whether Ctrl+F would find it, which looks through what is drawn: a browser without a window does not search. */
async function find(page: Page, words: string): Promise<boolean> {
  return page.evaluate((text) => document.body.innerText.includes(text), words);
}

async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Which colour lies over these words. */
async function colourOf(page: Page, words: string): Promise<string | undefined> {
  return page.evaluate((text) => {
    let found: string | undefined;
    CSS.highlights.forEach((highlight, name) => {
      highlight.forEach(({ startContainer, startOffset, endOffset }) => {
        if (startContainer.textContent?.slice(startOffset, endOffset) === text) found = name;
      });
    });
    return found;
  }, words);
}
