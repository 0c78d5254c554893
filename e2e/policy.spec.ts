import type { Page } from '@playwright/test';
import type { PageWatch } from './support/page-watch.ts';
import { expect, test } from './support/story.ts';

declare global {
  interface Window {
    trustedTypes: { createPolicy(name: string, rules: object): { createHTML(text: string): unknown } };
  }
}

/** What somebody would try who could write into a page of ours; and the directive that stands against it. */
const SMUGGLED = [
  ['<script>document.documentElement.dataset.ran = "script"</script>', 'script-src-elem inline'],
  ['<script src="https://evil.example/a.js"></script>', 'script-src-elem https://evil.example/a.js'],
  ['<img alt="" src="/favicon.svg" onload="document.documentElement.dataset.ran = 1">', 'script-src-attr inline'],
  ['<p id="painted" style="color: rgb(255, 0, 0)">painted</p>', 'style-src-attr inline'],
  ['<style>#painted { color: rgb(255, 0, 0) }</style>', 'style-src-elem inline'],
  ['<link rel="stylesheet" href="https://evil.example/a.css">', 'style-src-elem https://evil.example/a.css'],
  ['<img alt="" src="https://evil.example/a.png">', 'img-src https://evil.example/a.png'],
  ['<base href="https://evil.example/">', 'base-uri https://evil.example'],
  ['<iframe title="x" src="https://evil.example/"></iframe>', 'frame-src https://evil.example'],
  ['<object data="https://evil.example/a.swf"></object>', 'object-src https://evil.example'],
] as const;

test('the policy: what got into a page runs nothing, paints nothing, loads nothing, and fails the story', async ({
  stranger,
  watch,
}) => {
  const { page, origin } = await stranger();
  await smuggle(page, SMUGGLED.map(([html]) => html).join('\n'));
  await page.goto(origin);
  for (const [, directive] of SMUGGLED) await expectNoticed(watch, `Forbidden by the policy: ${directive}`);
  expect(await page.evaluate(() => document.documentElement.dataset['ran'])).toBeUndefined();
  await expect(page.locator('#painted')).not.toHaveCSS('color', 'rgb(255, 0, 0)');
  // The browser says it too, also where scripts are off.
  await expectNoticed(watch, 'Content Security Policy');
  watch.allow(/evil\.example|policy/iu);
});

test('the policy holds, and is watched, in a tab that a page opened, and without scripts', async ({
  stranger,
  watch,
}) => {
  const ada = await stranger();
  await ada.page.goto(ada.origin);
  const opened = ada.page.waitForEvent('popup');
  await ada.page.evaluate(() => void open('/nowhere'));
  const tab = await opened;
  await tab.evaluate(() => document.body.append(Object.assign(new Image(), { src: 'https://evil.example/tab.png' })));
  await expectNoticed(watch, 'Forbidden by the policy: img-src https://evil.example/tab.png');
  const plain = await stranger({ javaScriptEnabled: false });
  await smuggle(plain.page, '<img alt="" src="https://evil.example/plain.png">');
  await plain.page.goto(plain.origin);
  await expectNoticed(watch, "Loading the image 'https://evil.example/plain.png' violates");
  watch.allow(/evil\.example|status of 404/u);
});

test('Trusted Types: no string becomes HTML or a script, and no policy but ours can be made, once', async ({
  guest,
  watch,
}) => {
  const { page } = await guest('Ada');
  const refusals = await page.evaluate(() => {
    const script = document.createElement('script');
    const attempts: Record<string, () => unknown> = {
      innerHTML: () => (document.body.innerHTML = '<b>x</b>'),
      outerHTML: () => (document.body.outerHTML = '<b>x</b>'),
      insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
      parse: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
      fragment: () => document.createRange().createContextualFragment('<b>x</b>'),
      text: () => (script.text = 'document.title = 1'),
      src: () => (script.src = '/assets/x.js'),
      // oxlint-disable-next-line no-implied-eval -- this is what must not be possible
      timeout: () => setTimeout('document.title = 1', 0),
      policy: () => window.trustedTypes.createPolicy('other', {}),
      ours: () => window.trustedTypes.createPolicy('snug', {}),
      again: () => window.trustedTypes.createPolicy('snug', {}),
    };
    return Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return `${name}: done`;
      } catch (error) {
        return `${name}: ${error instanceof Error ? error.name : 'refused'}`;
      }
    });
  });
  expect(refusals).toEqual([
    'innerHTML: TypeError',
    'outerHTML: TypeError',
    'insertAdjacentHTML: TypeError',
    'parse: TypeError',
    'fragment: TypeError',
    'text: TypeError',
    'src: TypeError',
    'timeout: TypeError',
    'policy: TypeError',
    'ours: done',
    'again: TypeError',
  ]);
  await expectNoticed(watch, 'Forbidden by the policy: require-trusted-types-for trusted-types-sink');
  await expectNoticed(watch, 'Forbidden by the policy: trusted-types trusted-types-policy');
  watch.allow(/trusted.?types|TrustedHTML|TrustedScript|policy/iu);
});

test('a visit asks no other server for anything', async ({ stranger, room }) => {
  const ada = await stranger();
  const asked: string[] = [];
  ada.page.on('request', (request) => asked.push(request.url()));
  ada.page.on('websocket', (socket) => asked.push(socket.url().replace(/^ws/u, 'http')));
  await ada.comeIn('Ada', room);
  await ada.send('https://example.org/ and an ő');
  await expect(ada.texts).toHaveText([/example/u]);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((url) => new URL(url).origin !== ada.origin)).toEqual([]);
});

/** Writes into the page that the server sends, as a hole in us would. */
async function smuggle(page: Page, html: string): Promise<void> {
  await page.route('**/', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const body = (await response.text()).replace('</main>', `${html}</main>`);
    return route.fulfill({ response, body });
  });
}

async function expectNoticed(watch: PageWatch, what: string): Promise<void> {
  await expect.poll(() => watch.problems.filter((problem) => problem.includes(what)).length, what).toBeGreaterThan(0);
}
