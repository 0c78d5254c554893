// Every state of the pages around the room, one after the other, as a person comes to it.
import type { Look } from './looks.ts';
import { expect, type Stage } from './story.ts';

type Parts = Pick<Stage, 'stranger' | 'guest' | 'room' | 'watch'>;

const STILL = { reducedMotion: 'reduce' } as const;

export async function statesOfLogin({ stranger, guest, room, watch }: Parts, look: Look): Promise<void> {
  watch.allow(/status of 4(?:22|29|04|03)/u);
  await guest('Linus');
  const ada = await stranger(STILL);
  const { page, origin } = ada;
  await page.goto(origin);
  await look(page, 'login-empty');
  await ada.fillIn('', 'a/b');
  await ada.join();
  await expect(page.locator('#room-problem')).not.toBeEmpty();
  await look(page, 'login-problems');
  await ada.fillIn('Linus', room);
  await ada.join();
  await expect(page.locator('#name-problem')).not.toBeEmpty();
  await look(page, 'login-name-taken');
  for (const other of ['tea and cake', 'Ada’s reading room', room]) await ada.appear('Ada', other);
  await page.goto(`${origin}/?room=${encodeURIComponent(room)}`);
  await expect(page.getByRole('link', { name: 'Your names and rooms' })).toBeVisible();
  await look(page, 'login-signed-in-who-is-inside');
  await page.goto(`${origin}/?room=somewhere+else`);
  await look(page, 'login-recent-rooms');
  await page.getByRole('button', { name: /^Suggest a room name/u }).click();
  await look(page, 'login-room-name-on-offer');
}

export async function statesOfParting({ stranger, room, watch }: Parts, look: Look): Promise<void> {
  watch.allow(/status of 40[34]/u);
  const ada = await stranger(STILL);
  const { page, origin } = ada;
  for (const other of ['tea and cake', room]) await ada.appear('Ada', other);
  await page.goto(`${origin}/names`);
  await look(page, 'names');
  await page.getByRole('link', { name: 'Give up the name' }).first().click();
  await expect(page.getByRole('heading', { name: 'Give up the name' })).toBeVisible();
  await look(page, 'give-up-question');
  await page.goto(`${origin}/nowhere`);
  await look(page, 'error-not-found');
  await page.goto(`${origin}/sign-out`);
  await look(page, 'sign-out-question');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await look(page, 'signed-out');
  // As if a page of somebody else's had sent the form: no browser lets a test say that in its name.
  const form = { name: 'Ada', room };
  const response = await ada.context.request.post(origin, { form, headers: { origin: 'https://elsewhere.example' } });
  await page.route(`${origin}/`, (route) => route.fulfill({ response }));
  await page.goto(origin);
  await expect(page.getByRole('heading', { name: 'This came from somewhere else' })).toBeVisible();
  await look(page, 'error-from-elsewhere');
}
