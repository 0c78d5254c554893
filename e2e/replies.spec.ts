import { expect, IN_ALL, test } from './support/story.ts';

test('point 19: an answer shows what it answers, leads there and back, and says when that was deleted', async ({
  guest,
  script,
}) => {
  const ada = await guest('Ada');
  const ben = await guest('Ben');
  await ada.send('Shall we **meet**?');
  await expect(ben.texts).toHaveText(['Shall we meet?']);
  const program = await script('Script');
  await program.say(...Array.from({ length: 60 }, (_, at) => `message ${at + 1}`));
  await expect(ben.texts.last()).toHaveText('message 60');
  await ben.messages.last().hover();
  await ben.messages.last().getByRole('button', { name: 'Reply' }).click();
  await expect(ben.page.locator('.replying')).toContainText('Reply to Script');
  await expect(ben.composer).toBeFocused();
  await ben.page.keyboard.press('Escape');
  await expect(ben.page.locator('.replying')).toHaveCount(0);
  const first = ben.messages.filter({ hasText: 'Shall we' });
  await first.scrollIntoViewIfNeeded();
  await first.hover();
  await first.getByRole('button', { name: 'Reply' }).click();
  await ben.send('Yes, at noon');
  for (const person of [ada, ben]) {
    const answer = person.messages.filter({ hasText: 'Yes, at noon' });
    await expect(answer.getByRole('button', { name: /^In reply to/u })).toHaveText(/Ada\s*Shall we meet\?/u);
  }
  await ada.messages
    .filter({ hasText: 'Yes, at noon' })
    .getByRole('button', { name: /^In reply to/u })
    .click();
  await expect(ada.messages.filter({ hasText: 'Shall we' }).first()).toBeFocused();
  await ada.page.getByRole('button', { name: /^Back to/u }).click();
  await expect(ada.messages.filter({ hasText: 'Yes, at noon' })).toBeInViewport();
  await ada.composer.press('ArrowUp');
  await ada.composer.fill('');
  await ada.composer.press('Enter');
  await ada.page.getByRole('button', { name: 'Delete the message' }).click();
  await expect(ben.messages.last().getByRole('button', { name: /^In reply to/u })).toContainText('a deleted message');
});

test(
  'point 19: of what is not in memory the quoted line is asked for, and stays true',
  IN_ALL,
  async ({ guest, script }) => {
    const ada = await guest('Ada');
    await ada.send('long ago');
    const program = await script('Script');
    await program.say(...Array.from({ length: 90 }, (_, at) => `message ${at + 1}`));
    const first = ada.messages.filter({ hasText: 'long ago' }).first();
    await expect(ada.texts.last()).toHaveText('message 90');
    await first.scrollIntoViewIfNeeded();
    await first.hover();
    await first.getByRole('button', { name: 'Reply' }).click();
    await ada.send('still true');
    const ben = await guest('Ben');
    const quoted = ben.messages.last().getByRole('button', { name: /^In reply to/u });
    await expect(quoted).toHaveText(/Ada\s*long ago/u);
    await first.scrollIntoViewIfNeeded();
    await first.hover();
    await first.getByRole('button', { name: 'Edit' }).click();
    await ada.composer.fill('very long ago');
    await ada.composer.press('Enter');
    await expect(quoted).toHaveText(/Ada\s*very long ago/u);
    await quoted.click();
    await expect(ben.messages.filter({ hasText: 'very long ago (edited)' })).toBeFocused();
  },
);

test(
  'point 8, point 19: an answer that is begun survives a reload, and what one has not sent yet can be answered',
  IN_ALL,
  async ({ guest, line, watch }) => {
    watch.allowNetworkTrouble();
    const ada = await guest('Ada', line);
    const ben = await guest('Ben');
    line.cut();
    await ada.send('offline');
    await ada.messages.last().hover();
    await ada.messages.last().getByRole('button', { name: 'Reply' }).click();
    await ada.composer.fill('half an answer');
    await ada.page.reload();
    await expect(ada.page.locator('.replying')).toContainText('Reply to offline');
    await ada.composer.press('Enter');
    line.mend();
    await expect(ben.messages.last().getByRole('button', { name: /^In reply to/u })).toHaveText(/Ada\s*offline/u);
    await expect(ada.messages.last().getByRole('button', { name: /^In reply to/u })).toHaveText(/Ada\s*offline/u);
  },
);
