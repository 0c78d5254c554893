// What is set in this browser.
import type { Page } from '@playwright/test';
import { expect, IN_ALL, test } from './support/story.ts';

function density(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelector('.rows article:last-of-type')?.clientHeight ?? 0);
}

test('what is set by the keyboard alone holds at once, in every tab, and after a reload', async ({ guest, script }) => {
  const linus = await script('Linus');
  await linus.say('hello');
  const ada = await guest('Ada');
  const other = await ada.newTab();
  await other.page.goto(ada.page.url());
  await other.isIn();
  const { page } = ada;
  await page.bringToFront();
  const more = page.getByRole('button', { name: 'More' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('s');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.locator(':focus')).toHaveCount(1);
  const before = await density(other.page);
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('radio', { name: 'As the device' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(more).toBeFocused();
  for (const tab of [page, other.page]) {
    await expect(tab.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(tab.locator('html')).toHaveAttribute('data-density', 'compact');
    expect(await density(tab)).toBeLessThan(before);
  }
  await other.composer.fill('one line');
  await other.composer.press('Enter');
  await expect(other.composer).toHaveValue('one line\n');
  await page.reload();
  await ada.isIn();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
});

test(
  'point 24: whoever wants no messages read aloud hears none, and what else is said',
  IN_ALL,
  async ({ stranger, script, room }) => {
    const linus = await script('Linus');
    const ada = await (await stranger({ permissions: ['clipboard-read', 'clipboard-write'] })).appear('Ada', room);
    const { page } = ada;
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'No messages' }).click();
    await page.keyboard.press('Escape');
    await linus.say('hello');
    await expect(ada.texts).toHaveCount(1);
    const news = page.getByRole('status', { name: 'News' });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Copy link' }).click();
    await expect(news).toHaveText('Link copied');
  },
);

test('point 25: the sound is off, and loads when it is turned on', IN_ALL, async ({ guest }) => {
  const { page } = await guest('Ada');
  await page.keyboard.press('Control+,');
  const sound = page.getByRole('checkbox', { name: 'A short sound' });
  await expect(sound).not.toBeChecked();
  const loaded = page.waitForResponse(/\/assets\/call-.*\.wav$/u);
  await sound.check();
  const answer = await loaded;
  expect([200, 206]).toContain(answer.status());
  expect(answer.headers()).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable' });
});
