// What calls somebody back who looks elsewhere.
import type { Page } from '@playwright/test';
import { hide, show } from './support/looking.ts';
import { newClientId, type Script } from './support/script.ts';
import { expect, test } from './support/story.ts';

test('point 25: the title counts what one has not read while one looks elsewhere, and the icon has a dot', async ({
  guest,
  script,
  room,
}) => {
  const linus = await script('Linus');
  await linus.say('before');
  const { page, texts, origin } = await guest('Ada');
  const icon = page.locator('link[rel="icon"]');
  await expect(texts).toHaveCount(1);
  await expect(page).toHaveTitle(`#${room} · Snug`);
  await hide(page);
  await linus.say('one', 'two', 'three');
  await expect(page).toHaveTitle(`(3) #${room} · Snug`);
  await expect(icon).toHaveAttribute('href', '/favicon-unread.svg');
  const dot = await page.request.get(`${origin}/favicon-unread.svg`);
  expect([dot.status(), dot.headers()['content-type']]).toEqual([200, 'image/svg+xml']);
  await show(page);
  await expect(page).toHaveTitle(`#${room} · Snug`);
  await expect(icon).toHaveAttribute('href', '/favicon.svg');
});

interface Recorded {
  readonly questions: number;
  readonly called: readonly string[];
}

/**
 * What this tab makes its browser ask and show, from the next page on. A browser without a window refuses all of it: this one answers
 * as its owner would, who says yes.
 */
async function recordNotifications(page: Page): Promise<() => Promise<Recorded>> {
  await page.addInitScript(() => {
    const recorded = { questions: 0, called: [] as string[] };
    const key = 'answered in this browser';
    class Recorder extends Notification {
      static override get permission(): NotificationPermission {
        return localStorage.getItem(key) === 'yes' ? 'granted' : 'default';
      }
      static override async requestPermission(): Promise<NotificationPermission> {
        recorded.questions += 1;
        localStorage.setItem(key, 'yes');
        return Recorder.permission;
      }
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        recorded.called.push(`${title}: ${options?.body ?? ''}`);
        Object.assign(window, { newest: this });
      }
    }
    Object.assign(window, { recorded, Notification: Recorder });
  });
  return () =>
    page.evaluate(() => (window as Window & { recorded?: Recorded }).recorded ?? { questions: 0, called: [] });
}

async function turnOn(page: Page, recorded: () => Promise<Recorded>): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemradio', { name: 'Mentions of me' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.getByRole('heading', { name: 'Notifications' })).toBeFocused();
  await expect(dialog).toContainText('Snug can call you');
  expect(await recorded()).toEqual({ questions: 0, called: [] });
  await dialog.getByRole('button', { name: 'Turn on notifications' }).click();
  await expect(dialog).toContainText('Notifications are on');
  expect((await recorded()).questions).toBe(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

async function mention(linus: Script, text: string): Promise<void> {
  const { room } = linus;
  const ada = (await linus.ask('here', { room })).here.find(({ name }) => name === 'Ada');
  const mentions = ada === undefined ? [] : [ada.id];
  await linus.ask('message', { room, items: [{ clientId: newClientId(), text, mentions }] });
}

test('points 25 and 27: a mention calls whoever looks elsewhere, by one of their tabs, after they were told what that is', async ({
  stranger,
  script,
  room,
}) => {
  const linus = await script('Linus');
  const ada = await stranger();
  const recorded = await recordNotifications(ada.page);
  await ada.appear('Ada', room);
  const other = await ada.newTab();
  const recordedThere = await recordNotifications(other.page);
  await other.page.goto(ada.page.url());
  await other.isIn();
  await turnOn(ada.page, recorded);
  await mention(linus, 'hello @Ada, you have this before you');
  await expect(ada.texts).toHaveCount(1);
  for (const { page } of [ada, other]) await hide(page);
  await linus.say('nothing for anybody');
  await mention(linus, 'hello @Ada');
  const all = async () => [...(await recorded()).called, ...(await recordedThere()).called].sort();
  await expect.poll(all).toEqual([`#${room}: Linus: hello @Ada`]);
  await ada.page.evaluate(() => {
    (window as Window & { newest?: Notification }).newest?.dispatchEvent(new Event('click'));
  });
  await show(ada.page);
  await expect(ada.page).toHaveTitle(`#${room} · Snug`);
  await hide(ada.page);
  await ada.page.evaluate(() => localStorage.setItem('snug:words', 'hidden'));
  await mention(linus, 'a secret for @Ada');
  await expect.poll(all).toEqual([`#${room}: Linus mentions you.`, `#${room}: Linus: hello @Ada`]);
});
