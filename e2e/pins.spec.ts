import { expect, IN_ALL, test } from './support/story.ts';

test('L16, point 17: what is pinned is marked, counted in the header, and leads to its message', async ({
  guest,
  script,
}) => {
  const ada = await guest('Ada');
  await ada.send('the **rules**');
  const program = await script('Script');
  await program.say(...Array.from({ length: 90 }, (_, at) => `message ${at + 1}`));
  await expect(ada.texts.last()).toHaveText('message 90');
  const rules = ada.messages.filter({ hasText: 'the rules' });
  await rules.scrollIntoViewIfNeeded();
  await rules.hover();
  await rules.getByRole('button', { name: 'Message menu' }).click();
  await ada.page.getByRole('menuitem', { name: 'Pin to the room' }).click();
  await expect(rules.getByText('Pinned')).toBeAttached();
  const ben = await guest('Ben');
  for (const person of [ada, ben])
    await expect(person.page.getByRole('button', { name: 'Pinned messages: 1' })).toBeVisible();
  await ben.page.getByRole('button', { name: 'Pinned messages: 1' }).click();
  const list = ben.page.getByRole('dialog', { name: 'Pinned 1' });
  await list.getByRole('button', { name: /the rules/u }).press('Enter');
  await expect(ben.messages.filter({ hasText: 'the rules' })).toBeFocused();
  await ben.page.keyboard.press('p');
  for (const person of [ada, ben])
    await expect(person.page.getByRole('button', { name: /^Pinned messages/u })).toHaveCount(0);
});

test('L15: "(edited)" shows what a message said before', async ({ guest }) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ada.send('first');
  for (const text of ['second', 'third']) {
    await ada.composer.press('ArrowUp');
    await ada.composer.fill(text);
    await ada.composer.press('Enter');
    await expect(ben.texts).toHaveText([`${text} (edited)`]);
  }
  await ben.messages.getByRole('button', { name: '(edited)' }).click();
  const dialog = ben.page.getByRole('dialog', { name: 'Earlier texts' });
  await expect(dialog.locator('.text')).toHaveText(['first', 'second']);
  await ben.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('L12: what is marked as unread stays so until one has looked away', async ({ guest, room }) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ben.send('one');
  await ben.send('two');
  await expect(ada.texts).toHaveText(['one', 'two']);
  await ada.messages.first().hover();
  await ada.messages.first().getByRole('button', { name: 'Message menu' }).click();
  await ada.page.getByRole('menuitem', { name: 'Mark as unread' }).click();
  await expect(ada.page.getByText('Marked as unread').first()).toBeVisible();
  expect(room).not.toBe('');
});

test(
  'point 17: a link leads to its message, and where a page may not copy, one copies it by hand',
  IN_ALL,
  async ({ guest }) => {
    const ada = await guest('Ada');
    await ada.send('```js\nlet a;\n```');
    await ada.page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    const more = async (name: string) => {
      await ada.messages.first().hover();
      await ada.messages.first().getByRole('button', { name: 'Message menu' }).click();
      await ada.page.getByRole('menuitem', { name, exact: true }).click();
    };
    const dialog = ada.page.getByRole('dialog', { name: 'Copy it from here' });
    await more('Copy link');
    const link = await dialog.getByRole('textbox').inputValue();
    expect(new URL(link).searchParams.get('at')).toMatch(/^\d+$/u);
    await ada.page.keyboard.press('Escape');
    await more('Copy code');
    await expect(dialog.getByRole('textbox')).toHaveValue('let a;');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await ada.page.goto(link);
    await expect(ada.messages.first()).toBeFocused();
  },
);
