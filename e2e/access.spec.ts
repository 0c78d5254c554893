import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test } from './support/story.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing wrong, ${colorScheme}, at ${width} px`, async ({ stranger, script, room, line, watch }) => {
      watch.allow(/status of 422/u);
      watch.allowNetworkTrouble();
      const ada = await stranger({ colorScheme, viewport: { width, height: 720 } }, line);
      await ada.page.goto(ada.origin);
      await expectNoViolations(ada.page);
      await ada.fillIn('Admin', 'a/b');
      await ada.join();
      await expectNoViolations(ada.page);
      await ada.appear('Ada', room);
      await expectNoViolations(ada.page);
      const other = await script('Linus');
      await other.say('one', 'two', 'a long one '.repeat(60));
      await ada.send('three');
      await expect(ada.messages).toHaveCount(4);
      await expectNoViolations(ada.page);
      await ada.page.getByRole('button', { name: /^People here/u }).click();
      await expectNoViolations(ada.page);
      await ada.page.keyboard.press('Escape');
      line.cut();
      await ada.send('on its way');
      await expect(ada.texts.last()).toContainText('Sending');
      await expect(ada.page.getByText('Connecting')).toBeVisible();
      await expectNoViolations(ada.page);
    });
  }
}

test('one comes in, writes and leaves with the keyboard alone', async ({ stranger, room }) => {
  const { page, origin, ...ada } = await stranger();
  await page.goto(origin);
  await page.keyboard.type('Ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type(room);
  await page.keyboard.press('Enter');
  await expect(ada.composer).toBeVisible();
  await tabTo(page, 'Message to');
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(ada.texts).toHaveText(['hello']);
  await tabTo(page, 'Leave this room', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${origin}/`);
});

/** Tabs until what has the focus has this name. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  await expect(async () => {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (!focused.startsWith(name)) await page.keyboard.press(key);
    expect(focused).toContain(name);
  }).toPass({ intervals: [0] });
}

async function expectNoViolations(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document);
    return found.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
    );
  });
  expect(violations).toEqual([]);
}
