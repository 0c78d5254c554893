import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './story.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Somebody looks at what a page shows now. The state has a name, by which the report and the picture are found. */
export type Look = (page: Page, state: string) => Promise<void>;

export interface View {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

/** In the theme and the size of one view after the other; afterwards the page is as it was. */
export async function inEach(page: Page, views: readonly View[], act: (view: View) => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  for (const view of views) {
    await page.emulateMedia({ colorScheme: view.theme });
    await page.setViewportSize({ width: view.width, height: view.height });
    await act(view);
  }
  if (before !== null) await page.setViewportSize(before);
}

/** What axe finds, and what is wider than the page, in words. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    const faults = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
    );
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...faults, `${scrollWidth - clientWidth} px wider than the page`] : faults;
  });
}

/** Goes on to the end of the story: one run tells all that is wrong. */
export async function expectNoFaults(page: Page, state: string, views: readonly View[]): Promise<void> {
  await inEach(page, views, async ({ theme, width }) => {
    expect.soft(await faultsOf(page), `${state}, ${theme}, ${width} px`).toEqual([]);
  });
}
