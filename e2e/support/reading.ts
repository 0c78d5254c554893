import type { Page } from '@playwright/test';
import type { Person } from './person.ts';

/** At once: a wheel goes on turning for a while, and nobody could tell then who moved the text. */
export async function scrollUp(person: Person, pixels: number): Promise<void> {
  await person.transcript.evaluate((scroller, by) => {
    scroller.scrollTop -= by;
  }, pixels);
}

/** From now on, in every frame as it is painted, by how many pixels what one reads has moved at most; NaN: it is gone. */
export async function watchDrift(page: Page): Promise<() => Promise<number>> {
  return watchFrames(page, () => {
    const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
    const rows = [...document.querySelectorAll('article')];
    // The first that begins on the screen.
    const row = rows.find((article) => article.getBoundingClientRect().top >= edge);
    const top = row?.getBoundingClientRect().top ?? Number.NaN;
    return () => (row?.isConnected === true ? row.getBoundingClientRect().top - top : Number.NaN);
  });
}

/** The same of the newest row, for somebody who reads along. */
export async function watchBottom(page: Page): Promise<() => Promise<number>> {
  return watchFrames(page, () => {
    const scroller = document.querySelector('.scroller');
    return () => scroller?.scrollTop ?? Number.NaN;
  });
}

/** The largest of what `begin` measures. It runs in the page, and so knows nothing of what stands around it here. */
async function watchFrames(page: Page, begin: () => () => number): Promise<() => Promise<number>> {
  const measure = await page.evaluateHandle(begin);
  const seen = await measure.evaluateHandle((now) => {
    const worst = { pixels: 0 };
    const pulse = document.body.appendChild(document.createElement('i'));
    pulse.style.position = 'fixed';
    pulse.style.blockSize = '1px';
    // Told after the page's own observer, and before the frame is painted: only then has everybody had their turn.
    new ResizeObserver(() => {
      worst.pixels = Math.max(worst.pixels, Math.abs(now()));
    }).observe(pulse);
    const beat = (): void => {
      pulse.style.inlineSize = pulse.style.inlineSize === '1px' ? '2px' : '1px';
      requestAnimationFrame(beat);
    };
    beat();
    return worst;
  });
  return () => seen.evaluate(({ pixels }) => pixels);
}

/** As in WebKit, which has no scroll anchoring: from the next page on. */
export async function takeAnchoringAway(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { overflow-anchor: none !important; }');
    document.adoptedStyleSheets = [sheet];
  });
}

/** As an image or a font does that comes late: above what is read, below it, or in what is read at its end. */
export async function growLate(page: Page, where: Place): Promise<void> {
  await page.evaluate(growRow, where);
  await nextFrames(page);
}

export type Place = 'above' | 'below' | 'within';

/** It runs in the page, and so knows nothing of what stands around it here. Throws where there is no such row. */
export async function growRow(where: Place): Promise<null> {
  const { top, bottom } = document.querySelector('.scroller')?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  const rows = [...document.querySelectorAll<HTMLElement>('article')];
  const above = rows.filter((row) => row.getBoundingClientRect().bottom < top);
  const within = rows.filter((row) => row.getBoundingClientRect().top > (top + bottom) / 2);
  const below = rows.filter((row) => row.getBoundingClientRect().top > bottom);
  const row = { above: above.at(-1), within: within[0], below: below[0] }[where];
  if (!row) throw new Error(`There is no row ${where}.`);
  await new Promise(requestAnimationFrame);
  row.style.paddingBlockEnd = '160px';
  return null;
}

export async function nextFrames(page: Page): Promise<void> {
  await page.evaluate(drawFrames);
}

/** As growRow. */
export async function drawFrames(): Promise<null> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return null;
}

/** From now on, what was wrong with the rows in the document: too many of them, or messages missing between them. */
export async function watchRows(page: Page): Promise<() => Promise<string[]>> {
  const watching = await page.evaluateHandle(() => {
    const faults: string[] = [];
    const block = document.querySelector('.rows');
    const look = (): void => {
      const rows = block?.querySelectorAll('.message, .notice, .day, .hole').length ?? 0;
      if (rows > 300) faults.push(`${rows} rows`);
      const texts = [...(block?.querySelectorAll('article .text') ?? [])].map(({ textContent }) => textContent);
      const numbers = texts.flatMap((text) => /^message (\d+)$/u.exec(text)?.slice(1).map(Number) ?? []);
      const at = numbers.findIndex((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1);
      if (at > 0) faults.push(`${numbers[at]} after ${numbers[at - 1]}`);
    };
    if (block !== null) new MutationObserver(look).observe(block, { childList: true });
    look();
    return faults;
  });
  return () => watching.evaluate((faults) => faults.slice(0, 5));
}
