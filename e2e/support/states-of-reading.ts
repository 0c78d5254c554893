// Where one reads: the unread, what one is led to and the way back, and the day one goes to.
import type { BrowserContextOptions, Page } from '@playwright/test';
import { comeBack, follow } from './coming-back.ts';
import type { Look } from './looks.ts';
import { scrollUp } from './reading.ts';
import { isMessage } from './script.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'script' | 'room'>;

const STILL = { reducedMotion: 'reduce', viewport: { width: 768, height: 900 } } satisfies BrowserContextOptions;

export async function statesOfReading({ stranger, script, room }: Parts, look: Look): Promise<void> {
  const linus = await script('Linus');
  const ada = await stranger(STILL);
  const { page } = ada;
  await ada.appear('Ada', room);
  await comeBack(ada, linus, 120);
  const bar = page.getByRole('button', { name: /Jump there$/u });
  await expect(bar).toHaveText(/^100\+ new since/u);
  await look(page, 'unread-bar');
  await bar.click();
  await expect(ada.messages.filter({ hasText: /message 11$/u })).toBeFocused();
  await holdFound(page);
  await look(page, 'unread-divider');
  await follow(ada, linus.heard.filter(isMessage).find(({ text }) => text === 'message 60')?.seq ?? 0);
  await expect(ada.messages.filter({ hasText: /message 60$/u })).toBeFocused();
  await holdFound(page);
  await look(page, 'led-to-a-message');
  // Whoever looks may have scrolled.
  await scrollUp(ada, 900);
  await linus.say('did you see this?');
  await expect(page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await look(page, 'led-to-a-message-and-news');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Go to a date' }).click();
  await expect(page.getByRole('dialog', { name: 'Go to a date' })).toBeVisible();
  await look(page, 'dialog-date');
}

/** What is shown for a moment stays for as long as it is looked at. */
async function holdFound(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.pause();
  });
}
