// What calls somebody back who looks elsewhere.
import { hide, show } from './support/looking.ts';
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
