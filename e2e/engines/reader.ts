import { expect } from '@playwright/test';
import { drawFrames, growRow, type Place } from '../support/reading.ts';
import { ENTER, type Tab } from './engine.ts';

/** Somebody in front of a tab that Playwright does not know. */
export class Reader {
  readonly tab: Tab;

  constructor(tab: Tab) {
    this.tab = tab;
  }

  async comeIn(origin: string, name: string, room: string): Promise<void> {
    await this.tab.goto(`${origin}/?room=${encodeURIComponent(room)}`);
    await this.#focus('input[name="name"]');
    await this.tab.type(name + ENTER);
    await this.isIn();
  }

  /** The page has joined its room. */
  async isIn(): Promise<void> {
    const isHere = (): boolean =>
      /^People here: [1-9]/u.test(
        document.querySelector('button[aria-label^="People here"]')?.getAttribute('aria-label') ?? '',
      );
    await expect.poll(() => this.tab.run(isHere)).toBe(true);
  }

  async write(text: string): Promise<void> {
    await this.#focus('textarea');
    await this.tab.type(text);
  }

  texts(): Promise<readonly string[]> {
    return this.tab.run(() => [...document.querySelectorAll('article .text')].map((text) => text.textContent ?? ''));
  }

  /** At once: nobody could tell otherwise who moved the text. Resolves when the page has been told of it. */
  async scrollUp(pixels: number): Promise<void> {
    await this.tab.run(async (by: number) => {
      const scroller = document.querySelector('.scroller');
      if (!scroller) throw new Error('There is no list of messages.');
      const told = new Promise((resolve) => scroller.addEventListener('scroll', resolve, { once: true }));
      scroller.scrollTop -= by;
      await told;
      return null;
    }, pixels);
  }

  /** The first of the rows there are. */
  async first(): Promise<string> {
    return (await this.texts())[0] ?? '';
  }

  /** Whether the list says so. */
  shows(words: string): Promise<boolean> {
    return this.tab.run(
      (wanted: string) => document.querySelector('.scroller')?.textContent?.includes(wanted) ?? false,
      words,
    );
  }

  async growLate(where: Place): Promise<void> {
    await this.tab.run(growRow, where);
    await this.tab.run(drawFrames);
  }

  fromBottom(): Promise<number> {
    return this.tab.run(() => Math.abs(document.querySelector('.scroller')?.scrollTop ?? Number.NaN));
  }

  /** From now on, in every frame as it is painted, by how many pixels the first row that can be seen has moved at most. */
  async watchDrift(): Promise<() => Promise<number>> {
    await this.tab.run(() => {
      const edge = document.querySelector('.scroller')?.getBoundingClientRect().top ?? 0;
      const row = [...document.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top >= edge);
      const placeOf = (): number => row?.getBoundingClientRect().top ?? Number.NaN;
      const top = placeOf();
      const pulse = document.body.appendChild(document.createElement('i'));
      pulse.style.position = 'fixed';
      pulse.style.blockSize = '1px';
      // Told after the page's own observer, and before the frame is painted: only then has everybody had their turn.
      new ResizeObserver(() => {
        const worst = Number(document.documentElement.dataset['drift'] ?? 0);
        document.documentElement.dataset['drift'] = String(Math.max(worst, Math.abs(placeOf() - top)));
      }).observe(pulse);
      const beat = (): void => {
        pulse.style.inlineSize = pulse.style.inlineSize === '1px' ? '2px' : '1px';
        requestAnimationFrame(beat);
      };
      beat();
      return null;
    });
    return () => this.tab.run(() => Number(document.documentElement.dataset['drift']));
  }

  async #focus(selector: string): Promise<void> {
    await this.tab.run((which: string) => {
      document.querySelector<HTMLElement>(which)?.focus();
      return null;
    }, selector);
  }
}
