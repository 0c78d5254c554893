// Everything by the keyboard, and where one finds how.
import { expect, IN_ALL, test } from './support/story.ts';

test('point 23: ? lists the keys where one does not write, Ctrl+, opens the settings, F6 goes round the page', async ({
  stranger,
  script,
  room,
}) => {
  await (await script('Linus')).say('hello');
  const ada = await (await stranger({ viewport: { width: 1280, height: 800 } })).appear('Ada', room);
  const { page } = ada;
  await expect(ada.texts).toHaveCount(1);
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await ada.composer.focus();
  await page.keyboard.press('?');
  await expect(ada.composer).toHaveValue('?');
  await page.keyboard.press('Backspace');
  const places: readonly string[] = [
    '#people',
    '.navigation-bar',
    'nav.rooms',
    '.room-header',
    '.scroller',
    '.composer',
  ];
  for (const place of places) {
    await page.keyboard.press('F6');
    await expect(page.locator(`${place} :focus, ${place}:focus`), place).toHaveCount(1);
  }
  await expect(ada.composer).toBeFocused();
  await page.keyboard.press('Shift+F6');
  await expect(ada.messages.first()).toBeFocused();
  await page.keyboard.press('?');
  await expect(list).toBeVisible();
  await expect(list.getByRole('term').first()).toBeVisible();
  await page.keyboard.press('F6');
  await expect(list.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(ada.messages.first()).toBeFocused();
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(list).toHaveCount(0);
});

test('point 23: on a phone F6 leads only to what can be seen', IN_ALL, async ({ stranger, room }) => {
  const ada = await (await stranger({ viewport: { width: 360, height: 740 } })).appear('Ada', room);
  const { page } = ada;
  await ada.composer.focus();
  for (const place of ['.room-header', '.scroller', '.composer']) {
    await page.keyboard.press('F6');
    await expect(page.locator(`${place} :focus, ${place}:focus`), place).toHaveCount(1);
  }
});
