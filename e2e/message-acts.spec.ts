import { expect, IN_ALL, test } from './support/story.ts';

const PICTURE = '👍';

test('points 17 and 18: by keyboard alone one finds a message and reacts, and everybody sees who did', async ({
  guest,
  script,
}) => {
  const program = await script('Script');
  await program.say('first', 'second', 'third');
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await expect(ada.texts).toHaveText(['first', 'second', 'third']);
  await ada.composer.press('Shift+Tab');
  await expect(ada.messages.nth(2)).toBeFocused();
  await ada.page.keyboard.press('ArrowUp');
  await expect(ada.messages.nth(1)).toBeFocused();
  await ada.page.keyboard.press('+');
  await expect(ada.page.getByRole('toolbar', { name: 'React with' })).toBeVisible();
  await ada.page.keyboard.press('Enter');
  await expect(ada.messages.nth(1)).toBeFocused();
  const own = ada.messages.nth(1).getByRole('button', { name: `${PICTURE} 1 by you` });
  await expect(own).toHaveAttribute('aria-pressed', 'true');
  const others = ben.messages.nth(1).getByRole('button', { name: `${PICTURE} 1 by Ada` });
  await expect(others).toHaveAttribute('aria-pressed', 'false');
  await others.click();
  await expect(ada.messages.nth(1).getByRole('button', { name: `${PICTURE} 2 by you, Ben` })).toBeVisible();
  await ada.page.keyboard.press('Tab');
  await ada.page.keyboard.press('Space');
  await expect(ben.messages.nth(1).getByRole('button', { name: `${PICTURE} 1 by you` })).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect(ada.composer).toBeFocused();
});

test('point 18: a reaction shows at once, is kept without a connection, and goes when there is one', async ({
  guest,
  line,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const ada = await guest('Ada', line);
  const ben = await guest('Ben');
  await ben.send('good news');
  await expect(ada.texts).toHaveText(['good news']);
  line.cut();
  await ada.messages.first().hover();
  await ada.messages.first().getByRole('button', { name: 'React' }).click();
  await ada.page.getByRole('toolbar', { name: 'React with' }).getByRole('button', { name: PICTURE }).click();
  await expect(ada.messages.getByRole('button', { name: `${PICTURE} 1 by you` })).toBeVisible();
  await expect(ben.messages.getByRole('button')).toHaveCount(0);
  await ada.page.reload();
  line.mend();
  for (const person of [ada, ben])
    await expect(person.messages.getByRole('button', { name: `${PICTURE} 1 by` })).toBeVisible();
});

test(
  'point 17: a bar comes over the row that is pointed at or has the focus, and moves nothing',
  IN_ALL,
  async ({ guest, script }) => {
    await (await script('Script')).say('one', 'two');
    const ada = await guest('Ada');
    await expect(ada.texts).toHaveText(['one', 'two']);
    const boxes = () => ada.messages.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().toJSON()));
    const before = await boxes();
    await ada.messages.first().hover();
    await expect(ada.messages.first().getByRole('toolbar')).toBeVisible();
    await expect(ada.messages.nth(1).getByRole('toolbar')).toHaveCount(0);
    expect(await boxes()).toEqual(before);
    await expect(ada.messages.first().getByRole('button', { name: 'Edit' })).toHaveCount(0);
  },
);

test('point 17: any message of one’s own can be edited, copied and deleted, also from its menu', async ({ guest }) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const text of ['frist', 'second', 'third']) await ada.send(text);
  await expect(ben.texts).toHaveText(['frist', 'second', 'third']);
  await ada.messages.first().hover();
  await ada.messages.first().getByRole('button', { name: 'Edit' }).click();
  await expect(ada.composer).toBeFocused();
  await ada.composer.fill('first');
  await ada.composer.press('Enter');
  await expect(ben.texts).toHaveText(['first (edited)', 'second', 'third']);
  await ada.messages.nth(1).hover();
  await ada.messages.nth(1).getByRole('button', { name: 'Message menu' }).click();
  await ada.page.getByRole('menuitem', { name: 'Copy text' }).click();
  await expect(ada.page.getByText('Text copied').first()).toBeVisible();
  expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe('second');
  await expect(ada.messages.nth(1)).toBeFocused();
  await ada.messages.nth(1).getByRole('button', { name: 'Message menu' }).click();
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Delete this message?' });
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(ada.messages.nth(1)).toBeFocused();
  await ada.messages.nth(1).getByRole('button', { name: 'Message menu' }).click();
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(ben.messages.nth(1)).toContainText('This message was deleted.');
  await expect(ada.messages.nth(1)).toContainText('This message was deleted.');
});

test('point 18: any emoji is found by its words, in the skin of one’s choice, and the last ones are at hand', async ({
  guest,
}) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ben.send('hello');
  await expect(ada.texts).toHaveText(['hello']);
  await ada.messages.first().hover();
  await ada.messages.first().getByRole('button', { name: 'React' }).click();
  await ada.page.getByRole('button', { name: 'All emoji' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Emoji' });
  const search = dialog.getByRole('searchbox', { name: 'Search emoji' });
  await expect(search).toBeFocused();
  await dialog.getByRole('button', { name: 'Skin: dark', exact: true }).click();
  await search.fill('waving ha');
  await expect(dialog.getByRole('status')).toHaveText(/found$/u);
  await search.press('Enter');
  await expect(ben.messages.getByRole('button', { name: '👋🏿 1 by Ada' })).toBeVisible();
  await expect(ada.messages.first()).toBeFocused();
  await ada.page.keyboard.press('+');
  await expect(ada.page.getByRole('toolbar', { name: 'React with' }).getByRole('button').first()).toHaveText('👋🏿');
  await ada.page.keyboard.press('Escape');
  await ada.composer.fill('so  good');
  await ada.composer.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(3, 3));
  await ada.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await expect(search).toBeFocused();
  await search.fill('sunflower');
  await search.press('ArrowDown');
  await expect(dialog.getByRole('button', { name: 'sunflower' })).toBeFocused();
  await ada.page.keyboard.press('Enter');
  await expect(ada.composer).toHaveValue('so 🌻 good');
  await expect(ada.composer).toBeFocused();
});

test('points 17 and 29: on touch a finger that rests opens a sheet, and the back gesture closes it', async ({
  stranger,
  guest,
  room,
}) => {
  const ben = await guest('Ben');
  await ben.send('press me');
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
  const ada = await (await stranger(phone)).appear('Ada', room);
  await expect(ada.texts).toHaveText(['press me']);
  const touch = await ada.context.newCDPSession(ada.page);
  const rest = async () => {
    const { x, y } = (await ada.texts.first().boundingBox())!;
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 20, y: y + 8 }] });
    await expect(sheet).toBeVisible();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const sheet = ada.page.getByRole('dialog', { name: 'Ben: press me' });
  await rest();
  await ada.page.goBack();
  await expect(sheet).toHaveCount(0);
  await expect(ada.page).toHaveURL(/chat/u);
  await rest();
  for (const button of await sheet.getByRole('button').all())
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await sheet.getByRole('button', { name: PICTURE }).click();
  await expect(ben.messages.getByRole('button', { name: `${PICTURE} 1 by Ada` })).toBeVisible();
  await rest();
  await sheet.getByRole('button', { name: 'Reply' }).click();
  await expect(ada.composer).toBeFocused();
  await expect(ada.page.locator('.replying')).toContainText('press me');
});

test(
  'points 17 and 18: what cannot be loaded to be opened is told of, and opens when it can be',
  IN_ALL,
  async ({ guest, watch }) => {
    watch.allowNetworkTrouble();
    const ada = await guest('Ada');
    await ada.send('hello');
    await expect(ada.texts).toHaveText(['hello']);
    await ada.page.route(/over-messages|format-keys/u, (route) => route.abort());
    await ada.messages.first().focus();
    await ada.page.keyboard.press('+');
    await expect(ada.page.getByText('This could not be loaded.').first()).toBeVisible();
    await expect(ada.messages.first()).toBeFocused();
    const format = ada.page.getByRole('button', { name: 'Formatting' });
    await format.focus();
    await format.press('Enter');
    await expect(ada.page.getByRole('alert').filter({ hasText: 'This could not be loaded.' })).toBeVisible();
    await expect(format).toHaveAttribute('aria-expanded', 'false');
    await ada.page.unrouteAll();
    await ada.messages.first().focus();
    await ada.page.keyboard.press('+');
    await expect(ada.page.getByRole('toolbar', { name: 'React with' }).getByRole('button').first()).toBeFocused();
  },
);
