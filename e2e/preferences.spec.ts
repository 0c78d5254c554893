// What people ask their system for, and every page has to heed: less motion, colours of their own.
import type { Locator, Page } from '@playwright/test';
import type { Line } from './support/line.ts';
import type { Person } from './support/person.ts';
import { nextFrames, scrollUp } from './support/reading.ts';
import { expect, test } from './support/story.ts';

declare global {
  interface Window {
    motions: string[];
  }
}

/** Collects the names of all that ever moves, from the next page on. */
async function watchMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    window.motions = [];
    addEventListener('animationstart', ({ animationName }) => window.motions.push(animationName));
    addEventListener('transitionrun', ({ propertyName }) => window.motions.push(propertyName));
  });
  return () => page.evaluate(() => window.motions);
}

/** All that comes and goes: menu, dialog, the pill, who is typing, the bar of a lost connection. */
async function seeAllThatMoves(ada: Person, line: Line, look: () => Promise<void>): Promise<void> {
  const { page } = ada;
  await ada.messages.last().hover();
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await look();
  await page.getByRole('menuitem', { name: 'Invite people' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^People here/u }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  line.cut();
  await expect(page.locator('.connection-bar')).toBeVisible();
  await look();
}

for (const [title, reducedMotion] of [
  ['where less motion is asked for nothing moves', 'reduce'],
  ['where it is not, what opens moves', 'no-preference'],
] as const) {
  test(title, async ({ stranger, script, room, line, watch }) => {
    watch.allowNetworkTrouble();
    const linus = await script('Linus');
    // The time of the second is shown when one looks at it.
    await linus.say('hello', 'hello?');
    const ada = await stranger({ reducedMotion, viewport: { width: 800, height: 700 } }, line);
    const motions = await watchMotion(ada.page);
    await ada.appear('Ada', room);
    await linus.ask('typing', { room });
    await expect(ada.page.locator('.typing-line')).toContainText('is typing');
    await seeAllThatMoves(ada, line, async () => {
      if (reducedMotion === 'reduce') expect(await ada.page.evaluate(() => document.getAnimations().length)).toBe(0);
      await nextFrames(ada.page);
    });
    const expected = reducedMotion === 'reduce' ? [] : ['appear', 'drop', 'opacity', 'rise', 'slide-in'];
    await expect.poll(async () => [...new Set(await motions())].sort()).toEqual(expected);
  });
}

/** What is left of it where the system paints: backgrounds and shadows are gone. */
async function edgesOf(control: Locator): Promise<{ border: string; outline: string }> {
  return control.evaluate((element) => {
    const style = getComputedStyle(element);
    const isSeen = (kind: string, width: string, colour: string): string => {
      const isTransparent = /^rgba\(.*, 0\)$|\/ 0\)$/u.test(colour);
      return kind === 'none' || width === '0px' || isTransparent ? 'none' : 'seen';
    };
    return {
      border: isSeen(style.borderTopStyle, style.borderTopWidth, style.borderTopColor),
      outline: isSeen(style.outlineStyle, style.outlineWidth, style.outlineColor),
    };
  });
}

test('in forced colours what is pressed or written in has an edge, and what has the focus another one', async ({
  stranger,
  script,
  room,
}) => {
  const linus = await script('Linus');
  await linus.say(...Array.from({ length: 60 }, (_, at) => `message ${at + 1}`));
  const ada = await stranger({ forcedColors: 'active' });
  const { page } = ada;
  await page.goto(ada.origin);
  for (const name of ['Your name', 'Room']) {
    const field = page.getByRole('textbox', { name });
    await field.focus();
    expect(await edgesOf(field), name).toEqual({ border: 'seen', outline: 'seen' });
  }
  const join = page.getByRole('button', { name: 'Join' });
  await page.keyboard.press('Tab');
  await expect(join).toBeFocused();
  expect(await edgesOf(join), 'Join').toEqual({ border: 'seen', outline: 'seen' });
  await ada.appear('Ada', room);
  await expect(ada.texts.last()).toHaveText('message 60');
  await scrollUp(ada, 900);
  await linus.say('one more');
  const pill = page.getByRole('button', { name: '1 new message' });
  await expect(pill).toBeVisible();
  await ada.composer.focus();
  expect(await edgesOf(page.locator('.composer-box')), 'composer').toEqual({ border: 'seen', outline: 'seen' });
  await page.keyboard.press('Shift+Tab');
  for (const control of [
    pill,
    page.getByRole('button', { name: 'More' }),
    page.getByRole('button', { name: 'Send' }),
  ]) {
    expect((await edgesOf(control)).border, (await control.textContent()) ?? '').toBe('seen');
    await control.focus();
    expect((await edgesOf(control)).outline, (await control.textContent()) ?? '').toBe('seen');
  }
});
