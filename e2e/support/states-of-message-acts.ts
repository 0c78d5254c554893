// What one does with messages: the bar over a row, and all that opens from it.
import type { BrowserContextOptions } from '@playwright/test';
import type { Look } from './looks.ts';
import type { Person } from './person.ts';
import { newClientId } from './script.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room'>;

const STILL = { reducedMotion: 'reduce', viewport: { width: 768, height: 900 } } satisfies BrowserContextOptions;
const PHONE = { ...STILL, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

export async function statesOfMessageActs({ stranger, script, room }: Parts, look: Look): Promise<void> {
  const ada = await (await stranger(STILL)).appear('Ada', room);
  const { page } = ada;
  const [linus, grace] = [await script('Linus'), await script('Grace Hopper of the second floor')];
  await linus.say('The **hall** is ours from six. Who brings the cake?');
  await ada.send('I can bring it, and the code for the door:\n```\n4711\n```');
  await expect(ada.texts).toHaveCount(2);
  await expect(ada.messages.nth(1)).not.toHaveClass(/waiting|stored/u);
  const seq = Number(await ada.messages.first().getAttribute('data-from'));
  const own = Number(await ada.messages.nth(1).getAttribute('data-from'));
  const about = { room, clientId: '' };
  for (const [who, emoji] of [
    [linus, '🎂'],
    [grace, '🎂'],
    [grace, '👩‍🚀'],
  ] as const)
    await who.ask('react', { ...about, clientId: newClientId(), target: own, emoji });
  await grace.ask('message', {
    room,
    items: [
      { clientId: newClientId(), text: 'Then I bring plates.', replyTo: own },
      { clientId: newClientId(), text: 'And who has the key?', replyTo: seq },
    ],
  });
  await ada.send('@Linus has it');
  await ada.composer.press('ArrowUp');
  await ada.composer.fill('Linus has it');
  await ada.composer.press('Enter');
  await expect(ada.texts.last()).toHaveText('Linus has it (edited)');
  await onRow(ada, 0);
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Pinned messages: 1' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await look(page, 'message-toolbar');
  await page.keyboard.press('+');
  await expect(page.getByRole('toolbar', { name: 'React with' })).toBeVisible();
  await look(page, 'message-quick-reactions');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await look(page, 'message-menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(page.locator('.replying')).toBeVisible();
  await look(page, 'message-reply');
  await dialogs(ada, look);
  await sheet({ stranger, room }, look);
}

async function dialogs(ada: Person, look: Look): Promise<void> {
  const { page, composer } = ada;
  await composer.press('Escape');
  await onRow(ada, 1);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog', { name: 'Delete this message?' })).toBeVisible();
  await look(page, 'message-delete');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '(edited)' }).click();
  await expect(page.getByRole('dialog', { name: 'Earlier texts' }).locator('.text')).toHaveCount(1);
  await look(page, 'message-earlier');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pinned messages: 1' }).click();
  await look(page, 'pins');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Emoji', exact: true }).click();
  const search = page.getByRole('searchbox', { name: 'Search emoji' });
  await page.getByRole('button', { name: 'Smileys' }).click();
  await look(page, 'emoji-picker');
  await search.fill('cake');
  await look(page, 'emoji-search');
  await search.fill('no such thing');
  await look(page, 'emoji-none');
  await page.keyboard.press('Escape');
}

async function sheet({ stranger, room }: Pick<Parts, 'stranger' | 'room'>, look: Look): Promise<void> {
  const ben = await (await stranger(PHONE)).appear('Ben', room);
  await ben.texts.first().tap();
  await ben.messages.first().getByRole('button', { name: 'Message menu' }).tap();
  await expect(ben.page.getByRole('dialog', { name: /^Linus/u })).toBeVisible();
  await look(ben.page, 'message-sheet');
}

/** As by a key, for letters mean a row only then. */
async function onRow({ composer, messages }: Person, at: number): Promise<void> {
  await composer.press('Shift');
  await messages.nth(at).focus();
}
