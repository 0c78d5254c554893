import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { scrollUp, takeAnchoringAway, watchDrift } from './support/reading.ts';
import { expect, IN_ALL, test } from './support/story.ts';

/** A script may not say so much at once. */
const UNLIMITED = { SNUG_LIMITS: 'off', SNUG_GRACE_MS: '120000' };

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `message ${at + 1}`);

for (const anchors of [true, false]) {
  const [how, when] = anchors ? ['', {}] : [', without scroll anchoring', IN_ALL];
  test(
    `point 6: the composer grows with its text up to a bound, and what one reads stays${how}`,
    when,
    async ({ ownServer, script, stranger, room }) => {
      const server = await ownServer(UNLIMITED);
      const other = await script('Script', {}, server);
      await other.say(...numbered(120));
      const ada = await stranger({}, server);
      if (!anchors) await takeAnchoringAway(ada.page);
      await ada.appear('Ada', room);
      await expect(ada.texts.last()).toHaveText('message 120');
      await scrollUp(ada, 900);
      const height = async () => (await ada.composer.boundingBox())!.height;
      const one = await height();
      const drift = await watchDrift(ada.page);
      await ada.composer.fill('one\ntwo\nthree');
      const three = await height();
      expect(three).toBeGreaterThan(one);
      await ada.composer.fill('word '.repeat(400));
      const bound = await height();
      expect(bound).toBeGreaterThan(three);
      await ada.composer.fill('line\n'.repeat(300));
      expect(await height()).toBe(bound);
      await ada.composer.fill('');
      expect(await height()).toBe(one);
      expect(await drift()).toBeLessThanOrEqual(1);
    },
  );
}

test('point 6: a low window keeps more than half of it to read', async ({ stranger, room }) => {
  const ada = await (await stranger({ viewport: { width: 640, height: 320 } })).appear('Ada', room);
  await ada.composer.fill('line\n'.repeat(300));
  expect((await ada.composer.boundingBox())!.height).toBeLessThanOrEqual(128);
});

test('point 6: a setting swaps what Enter and Shift+Enter do, and is remembered', async ({ guest, room }) => {
  const ada = await guest('Ada');
  await ada.page.evaluate(() => localStorage.setItem('snug:enter', 'breaks'));
  await ada.appear('Ada', room);
  await ada.composer.pressSequentially('one');
  await ada.composer.press('Enter');
  await ada.composer.pressSequentially('two');
  await ada.composer.press('Shift+Enter');
  await expect(ada.messages).toHaveCount(1);
  expect(await ada.texts.first().textContent()).toBe('one\ntwo');
});

test('point 5: offline one writes on, and point 7: an edit made offline is shown, survives a reload and goes', async ({
  guest,
  watch,
  line,
}) => {
  watch.allowNetworkTrouble();
  const ada = await guest('Ada', line);
  const ben = await guest('Ben');
  await ada.send('teh message');
  await expect(ben.texts).toHaveText(['teh message']);
  line.cut();
  await expect(ada.composer).toBeEnabled();
  await ada.composer.press('ArrowUp');
  await expect(ada.composer).toHaveValue('teh message');
  await ada.composer.fill('the message');
  await ada.composer.press('Enter');
  await expect(ada.texts).toHaveText(['the message (edited)']);
  await expect(ada.page.getByText('Saving your change')).toBeVisible();
  await ada.page.reload();
  line.mend();
  for (const person of [ada, ben]) await expect(person.texts).toHaveText(['the message (edited)']);
  await expect(ada.page.getByText('Saving your change')).toHaveCount(0);
});

test('point 7: ArrowUp edits one’s last message, Escape cancels, and the draft comes back', async ({ guest }) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ada.send('first');
  await ada.send('secnod');
  await expect(ben.texts).toHaveText(['first', 'secnod']);
  await ben.send('between');
  await expect(ada.texts).toHaveCount(3);
  await ada.composer.press('ArrowUp');
  await expect(ada.composer).toHaveValue('secnod');
  await expect(ada.page.getByText('Editing: secnod')).toBeVisible();
  await ada.composer.fill('never mind');
  await ada.composer.press('Escape');
  await expect(ada.composer).toHaveValue('');
  await ada.composer.press('ArrowUp');
  await expect(ada.composer).toHaveValue('secnod');
  await ada.composer.fill('second');
  await ada.page.getByRole('button', { name: 'Save' }).click();
  for (const person of [ada, ben]) await expect(person.texts).toHaveText(['first', 'second (edited)', 'between']);
  await expect(ada.composer).toHaveValue('');
  await expect(ada.composer).toBeFocused();
});

test('point 7: an edit of which nothing is left deletes only when one says so', async ({ guest }) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ada.send('a mistake');
  await expect(ben.texts).toHaveText(['a mistake']);
  await ada.composer.press('ArrowUp');
  await expect(ada.composer).toHaveValue('a mistake');
  await ada.composer.fill('');
  await ada.composer.press('Enter');
  await expect(ada.page.getByRole('alert').filter({ hasText: 'Nothing is left of the message' })).toBeVisible();
  await expect(ben.texts).toHaveText(['a mistake']);
  await ada.page.getByRole('button', { name: 'Delete the message' }).click();
  await expect(ben.page.getByText('This message was deleted.')).toBeVisible();
  await expect(ada.composer).toBeFocused();
});

test('point 7: an edit whose message is gone is refused with its reason, and its text is kept', async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.send('a mistake');
  await expect(ada.texts).toHaveText(['a mistake']);
  const second = await ada.newTab();
  await second.page.goto(ada.page.url());
  await second.isIn();
  for (const tab of [ada, second]) {
    await tab.composer.press('ArrowUp');
    await expect(tab.composer).toHaveValue('a mistake');
  }
  await second.composer.fill('');
  await second.composer.press('Enter');
  await second.page.getByRole('button', { name: 'Delete the message' }).click();
  await expect(ada.page.getByText('This message was deleted.')).toBeVisible();
  await ada.composer.fill('a better word');
  await ada.composer.press('Enter');
  const refused = ada.page.getByRole('group', { name: 'Edit not saved' });
  await expect(refused).toContainText('Your edit was not saved. This message was deleted.');
  await expect(refused).toContainText('a better word');
  await refused.getByRole('button', { name: 'Write it anew' }).click();
  await expect(ada.composer).toHaveValue('a better word');
  await expect(refused).toHaveCount(0);
  await ada.composer.press('Enter');
  await expect(second.texts).toHaveText(['a better word']);
});

test('point 21: who types is told to the others in a line that never moves what they read', async ({
  ownServer,
  script,
  guest,
}) => {
  const server = await ownServer(UNLIMITED);
  const other = await script('Script', {}, server);
  await other.say(...numbered(80));
  const ada = await guest('Ada', server);
  const ben = await guest('Ben', server);
  await expect(ben.texts.last()).toHaveText('message 80');
  await scrollUp(ben, 700);
  const drift = await watchDrift(ben.page);
  const line = ben.page.locator('.typing-line');
  await ada.composer.pressSequentially('hel');
  await expect(line).toHaveText('Ada is typing');
  await expect(ada.page.locator('.typing-line')).toHaveText('');
  await ada.send('hello');
  await expect(line).toHaveText('');
  expect(await drift()).toBeLessThanOrEqual(1);
});

test('point 29: on a phone the field and what one presses are large enough', async ({ stranger, room }) => {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } };
  const ada = await (await stranger(phone)).appear('Ada', room);
  await ada.composer.fill('hello');
  await ada.page.getByRole('button', { name: 'Send' }).tap();
  await expect(ada.texts).toHaveText(['hello']);
  expect(await ada.composer.evaluate((field) => parseFloat(getComputedStyle(field).fontSize))).toBeGreaterThanOrEqual(
    16,
  );
  for (const control of [ada.composer, ada.page.getByRole('button', { name: 'Send' })]) {
    const box = await control.boundingBox();
    expect(Math.min(box!.height, box!.width)).toBeGreaterThanOrEqual(44);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(
    `axe finds nothing wrong in any state of the composer, ${colorScheme}, and nothing is wider than the page`,
    colorScheme === 'light' ? {} : IN_ALL,
    async ({ stranger, script, room }) => {
      const ada = await (await stranger({ colorScheme, viewport: { width: 320, height: 640 } })).appear('Ada', room);
      const second = await ada.newTab();
      await ada.send('a mistake');
      await second.page.goto(ada.page.url());
      await second.isIn();
      const linus = await script('Linus, whose name is rather long');
      await linus.ask('typing', { room });
      await expect(ada.page.locator('.typing-line')).toContainText('is typing');
      await expectNothingWrong(ada.page);
      await ada.composer.fill('word '.repeat(900));
      await ada.composer.press('Enter');
      await expect(ada.page.getByText('499 too many')).toBeVisible();
      await expectNothingWrong(ada.page);
      await ada.composer.fill('');
      for (const tab of [ada, second]) {
        // Point 27: both have the same draft.
        await expect(tab.composer).toHaveValue('');
        await tab.composer.press('ArrowUp');
        await expect(tab.composer).toHaveValue('a mistake');
      }
      await second.composer.fill('');
      await second.composer.press('Enter');
      const deletion = second.page.getByRole('button', { name: 'Delete the message' });
      await expect(deletion).toBeVisible();
      await expectNothingWrong(second.page);
      await deletion.click();
      await expect(ada.page.getByText('This message was deleted.')).toBeVisible();
      await ada.composer.fill('a better word');
      await ada.composer.press('Enter');
      await expect(ada.page.getByRole('group', { name: 'Edit not saved' })).toBeVisible();
      await expectNothingWrong(ada.page);
    },
  );
}

async function expectNothingWrong(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
