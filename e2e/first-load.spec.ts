import type { Page, Request } from '@playwright/test';
import type { Person } from './support/person.ts';
import { expect, IN_ALL, test } from './support/story.ts';

/** design/experience.md, "Budgets". */
const MOST_REQUESTS = 6;
/** Asked for when there is time; the page does not wait for them. */
const WHEN_IDLE = /favicon|icon|manifest|later-/u;

test('login and room can be used after 6 requests at most', async ({ stranger, script, room }) => {
  // In an empty room a QR code and its link come after these.
  await (await script('Linus')).say('hello');
  const ada = await stranger();
  const asked = requestsOf(ada.page);
  await ada.page.goto(ada.origin);
  await expect(ada.page.getByRole('button', { name: 'Join' })).toBeVisible();
  expect(asked.length).toBeLessThanOrEqual(MOST_REQUESTS);
  const bob = await stranger();
  const address = await addressOf(bob, 'Bob', room);
  const askedByBob = requestsOf(bob.page);
  await bob.page.goto(address);
  await bob.isIn();
  await expect(bob.texts).toHaveText(['hello']);
  expect(askedByBob.length, askedByBob.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
});

test('one font file serves a Latin text; what letters and code need besides loads when they come', async ({
  stranger,
  script,
  room,
}) => {
  const other = await script('Béla');
  await other.say('hello');
  const ada = await stranger();
  const fonts: string[] = [];
  ada.page.on('request', (request) => {
    if (request.resourceType() === 'font') fonts.push(nameOf(request));
  });
  await ada.comeIn('Ada', room);
  await ada.send('A naïve café: “¿qué?” — 5 € …');
  await expect(ada.texts).toHaveCount(2);
  await ada.page.evaluate(() => document.fonts.ready.then(() => undefined));
  expect(new Set(fonts)).toEqual(new Set(['next-latin-wght-normal']));
  const needed = ada.page.waitForRequest(/next-latin-ext-wght-normal/u);
  await other.say('jó reggelt, hű');
  await needed;
  const code = ada.page.waitForRequest(/mono-latin-wght-normal/u);
  await ada.page.evaluate(() => {
    const drawn = document.createElement('code');
    drawn.textContent = 'x = 1';
    document.body.append(drawn);
  });
  await code;
  expect(fonts.filter((name) => name.includes('italic'))).toEqual([]);
});

for (const width of [360, 1280]) {
  test(
    `nothing moves when the font comes late, at ${width} px`,
    width === 360 ? {} : IN_ALL,
    async ({ stranger, script, room }) => {
      const other = await script('Linus');
      await other.say(
        'one',
        'two, a little longer than the one before it '.repeat(6),
        'három, négy, öt, hűvös '.repeat(9),
      );
      for (const path of ['', 'in'] as const) {
        const ada = await stranger({ viewport: { width, height: 800 } });
        const release = await holdFonts(ada.page);
        const address = path === '' ? ada.origin : await addressOf(ada, 'Ada', room);
        // A page that waits for its font has not loaded yet.
        await ada.page.goto(address, { waitUntil: 'commit' });
        await expect(path === '' ? ada.page.getByRole('button', { name: 'Join' }) : ada.texts.last()).toBeVisible();
        await settled(ada.page);
        const before = await placesOf(ada.page);
        const arrived = ada.page.waitForResponse(/next-latin-wght-normal/u);
        release();
        await (await arrived).finished();
        await ada.page.waitForFunction(() => document.fonts.status === 'loaded');
        await settled(ada.page);
        expect(distance(before, await placesOf(ada.page))).toBeLessThan(2);
        // Nor does it from this page to the next, which has the font: the letters that stand for it are as high.
        await ada.page.unrouteAll();
        await ada.page.reload();
        await settled(ada.page);
        const isComparable = path === '' && (await hasStandIn(ada.page));
        if (isComparable) expect(distance(before, await placesOf(ada.page))).toBeLessThan(2);
      }
    },
  );
}

/** Comes in by the form; what is left is to open the room. */
async function addressOf({ context, origin }: Person, name: string, room: string): Promise<string> {
  const answer = await context.request.post(origin, { form: { name, room }, headers: { origin }, maxRedirects: 0 });
  return origin + answer.headers()['location'];
}

function requestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!WHEN_IDLE.test(request.url())) asked.push(request.url());
  });
  page.on('websocket', (socket) => asked.push(socket.url()));
  return asked;
}

function nameOf(request: Request): string {
  return /atkinson-hyperlegible-(.*)-[^-]+\.woff2/u.exec(request.url())?.[1] ?? request.url();
}

/**
 * fonts.css makes letters as wide as ours from a font of Arial's widths. On a machine without any (.ci/run installs one) the
 * browser's own stand there, and lines break elsewhere.
 */
function hasStandIn(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const face = new FontFace(
      'stand-in',
      'local("Arial"), local("Liberation Sans"), local("Arimo"), local("Helvetica")',
    );
    return face.load().then(
      () => true,
      () => false,
    );
  });
}

/** Font files wait until they are released. */
async function holdFonts(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.woff2/u, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    await frame();
    await frame();
  });
}

/** Where every element with a text of its own begins and ends, from top to bottom. */
async function placesOf(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE))
      .flatMap((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return [top, bottom];
      }),
  );
}

function distance(before: readonly number[], after: readonly number[]): number {
  expect(after.length).toBe(before.length);
  expect(before.length).toBeGreaterThan(5);
  return Math.max(...before.map((at, index) => Math.abs(at - (after[index] ?? Infinity))));
}
