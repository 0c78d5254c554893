import { isMessage } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

test('point 10: “@”, “:” and “/” are completed with the keyboard, and whoever is meant is told of by id', async ({
  guest,
  script,
}) => {
  const linus = await script('Linus the Second');
  const ada = await guest('Ada');
  await linus.say('hello');
  await expect(ada.texts).toHaveText(['hello']);
  await ada.composer.pressSequentially('good morning @lin');
  const offers = ada.page.getByRole('listbox', { name: 'Suggestions' });
  await expect(offers.getByRole('option')).toHaveText(['Linus the Second']);
  const active = await ada.composer.getAttribute('aria-activedescendant');
  expect(active).toBe(await offers.getByRole('option', { selected: true }).getAttribute('id'));
  await ada.composer.press('Enter');
  await expect(ada.composer).toHaveValue('good morning @Linus the Second ');
  await ada.composer.pressSequentially(':tad');
  await expect(offers.getByRole('option').first()).toContainText(':tada:');
  await ada.composer.press('Tab');
  await expect(ada.composer).toHaveValue('good morning @Linus the Second 🎉 ');
  await expect(ada.composer).toBeFocused();
  await ada.composer.press('Enter');
  await expect
    .poll(() => linus.heard.filter(isMessage).map(({ mentions }) => mentions?.map(({ name }) => name)))
    .toEqual([undefined, ['Linus the Second']]);
});

test('point 10: Escape closes only the list, and nothing moves when it opens', IN_ALL, async ({ guest, script }) => {
  const linus = await script('Linus');
  const ada = await guest('Ada');
  await linus.say('hello');
  await expect(ada.texts).toHaveText(['hello']);
  const place = () => ada.texts.first().boundingBox();
  const before = await place();
  await ada.composer.pressSequentially('@');
  await expect(ada.page.getByRole('option')).toHaveText(['Linus']);
  expect(await place()).toEqual(before);
  await ada.composer.press('Escape');
  await expect(ada.page.getByRole('option')).toHaveCount(0);
  await expect(ada.composer).toHaveValue('@');
  await ada.composer.press('Escape');
  await expect(ada.composer).toBeFocused();
});

test('/nick takes another name, /topic says what the room is about, and what is refused stays written', async ({
  guest,
  script,
}) => {
  const linus = await script('Linus');
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ada.send('hello');
  await expect(ben.texts).toHaveText(['hello']);
  await ada.composer.fill('/nick Ben');
  await ada.composer.press('Enter');
  await expect(ada.page.getByRole('alert').filter({ hasText: 'still here' })).toBeVisible();
  await expect(ada.composer).toHaveValue('/nick Ben');
  await ada.composer.fill('/nick Ada Lovelace');
  await ada.composer.press('Enter');
  await expect(ada.composer).toHaveValue('');
  await expect(ben.transcript).toContainText('is now Ada Lovelace');
  await ada.send('/me waves');
  await expect(ben.texts).toHaveText(['hello', 'Ada Lovelace waves']);
  await ada.send('/topic green tea');
  await expect.poll(() => linus.heard.at(-1)).toMatchObject({ kind: 'topic', topic: 'green tea' });
});

test('/help shows what one can write, and /leave leaves', IN_ALL, async ({ guest }) => {
  const ada = await guest('Ada');
  await ada.send('/help');
  const help = ada.page.getByRole('dialog', { name: 'What one can write here' });
  await expect(help).toContainText('/nick name');
  await ada.page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(ada.composer).toBeFocused();
  await ada.composer.fill('/leave');
  await ada.composer.press('Enter');
  await expect(ada.page).toHaveURL(/\/$/u);
});
