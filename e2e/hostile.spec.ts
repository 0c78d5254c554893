// Names, rooms and texts that are meant to break a chat: nothing of them runs, nothing leaves its place, nothing is lost.
import type { Page } from '@playwright/test';
import { TEXT_MAX_GRAPHEMES } from '../protocol/limits.ts';
import { isBlank, isStorable, textRefusal, tidyTopic, topicRefusal } from '../protocol/text.ts';
import { isDirect, personName, roomName, roomPath } from '../protocol/names.ts';
import { bombs } from '../web/markup/bombs.ts';
import { parse } from '../web/markup/parse.ts';
import { plainText } from '../web/markup/plain-text.ts';
import { HOSTILE } from './support/hostile.ts';
import type { Person } from './support/person.ts';
import { newClientId, Script, textsOf } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const NARROW = { viewport: { width: 320, height: 640 } };

test('there are at least 200 hostile names, rooms and texts', () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(200);
});

test('R6: hostile texts are shown letter by letter, and only what nobody could see is refused', async ({
  ownServer,
  stranger,
}) => {
  const server = await ownServer({ SNUG_LIMITS: 'off' });
  const script = await Script.connect(server.origin, { name: 'Script', room: 'hostile' });
  const sent = HOSTILE.map((text) => ({ clientId: newClientId(), text }));
  const refused = new Set<string>();
  for (let at = 0; at < sent.length; at += 10) {
    const items = sent.slice(at, at + 10);
    const { results } = await script.ask('message', { room: 'hostile', items });
    results.forEach((result, i) => 'code' in result && refused.add(items[i]?.text ?? ''));
  }
  const taken = HOSTILE.filter((text) => !refused.has(text));
  expect([...refused].filter((text) => isStorable(text) && !isBlank(text))).toEqual([]);
  expect(textsOf(await script.log())).toEqual(taken);
  const ada = await (await stranger(NARROW, server)).appear('Ada', 'hostile');
  await showAll(ada);
  expect(await seenTexts(ada)).toEqual(taken.map(withoutMarks));
  await keepsItsShape(ada.page);
  script.close();
});

test('markup bombs are drawn with 300 elements at most, and keep their place', async ({ ownServer, stranger }) => {
  const server = await ownServer({ SNUG_LIMITS: 'off' });
  const script = await Script.connect(server.origin, { name: 'Script', room: 'bombs' });
  const texts = bombs(TEXT_MAX_GRAPHEMES).filter((text) => textRefusal(text) === undefined);
  expect(texts.length).toBeGreaterThan(60);
  for (let at = 0; at < texts.length; at += 10) await script.say(...texts.slice(at, at + 10));
  const ada = await (await stranger(NARROW, server)).appear('Ada', 'bombs');
  await showAll(ada);
  await expect(ada.texts).toHaveCount(texts.length);
  const counts = await ada.texts.evaluateAll((all) => all.map((text) => text.querySelectorAll('*').length));
  expect(Math.max(...counts)).toBeLessThanOrEqual(300);
  expect(Math.max(...counts)).toBeGreaterThan(200);
  await keepsItsShape(ada.page);
  // One that is being written is drawn as well.
  await ada.composer.fill('](**a **> - `||'.repeat(260));
  await expect(ada.page.getByRole('region', { name: 'Preview' })).toBeVisible();
  await keepsItsShape(ada.page);
  script.close();
});

test(
  'R6: hostile texts written in the composer arrive as they were written',
  IN_ALL,
  async ({ ownServer, stranger }) => {
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const ada = await (await stranger(NARROW, server)).appear('Ada', 'written');
    const written = HOSTILE.filter(
      (text, at) => at % 12 === 0 && text === text.trim() && isStorable(text) && !isBlank(text),
    );
    // What begins as a command does is completed, or done.
    const asTyped = written.filter((text) => !text.includes('\r') && !/^\/\p{L}*$/u.test(text));
    for (const text of asTyped) await ada.send(text);
    await expect(ada.texts).toHaveCount(asTyped.length);
    expect(await seenTexts(ada)).toEqual(asTyped.map(withoutMarks));
    await keepsItsShape(ada.page);
  },
);

test(
  'N1, N2: whoever has a hostile name is refused in words or shown by it, and every page keeps its shape',
  IN_ALL,
  async ({ ownServer, stranger }) => {
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const ada = await (await stranger(NARROW, server)).appear('Ada', 'names');
    const names = new Map<string, string>();
    for (const raw of HOSTILE) {
      const script = await Script.connect(server.origin, { name: raw, room: 'names' }).catch((error: Error) => error);
      if (script instanceof Error) {
        expect(script.message).not.toBe('');
        continue;
      }
      const named = personName(raw);
      expect(named.ok, JSON.stringify(raw)).toBe(true);
      await script.say(`I am number ${names.size}`);
      names.set(`I am number ${names.size}`, named.ok ? named.name : '');
      script.close();
    }
    expect(names.size).toBeGreaterThan(50);
    await showAll(ada);
    const shown = await ada.messages.evaluateAll((rows) =>
      rows.map((row) => [row.querySelector('.text')?.textContent, row.querySelector('bdi')?.textContent]),
    );
    expect(shown).toEqual([...names]);
    await keepsItsShape(ada.page);
  },
);

test(
  'N5: the login page gives back every hostile room as it was given, and never as markup',
  IN_ALL,
  async ({ ownServer, stranger }) => {
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const { page } = await stranger(NARROW, server);
    // D1: what is the address of a conversation of two is no name that anybody could give.
    const given = HOSTILE.filter((text) => isWellFormed(text) && text.length < 1_000 && !isDirect(text));
    for (const raw of given) {
      const answer = await page.goto(`${server.origin}/?room=${encodeURIComponent(raw)}`);
      expect(answer?.status()).toBe(200);
      const field = page.getByRole('textbox', { name: 'Room' });
      expect(await field.inputValue()).toBe(raw.replaceAll('\0', '\uFFFD').replace(/[\r\n]/gu, ''));
      await keepsItsShape(page);
    }
  },
);

test(
  'N5, N6: hostile rooms are refused in words or opened, and their pages keep their shape',
  IN_ALL,
  async ({ ownServer, stranger }) => {
    test.slow();
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const ada = await stranger(NARROW, server);
    const { origin } = server;
    const posted = HOSTILE.filter((text) => isWellFormed(text) && text.length < 1_000);
    const titles = new Map<string, string>();
    let opened = 0;
    for (const raw of posted) {
      const named = roomName(raw);
      const form = { name: 'Ada', room: raw };
      const answer = await ada.context.request.post(origin, { form, headers: { origin }, maxRedirects: 0 });
      expect(answer.status(), JSON.stringify(raw)).toBe(named.ok ? 303 : 422);
      if (!named.ok) expect(await answer.text()).not.toContain('<script>window');
      if (!named.ok) continue;
      // The spelling of whoever came first is shown.
      const title = titles.get(named.key) ?? named.name;
      titles.set(named.key, title);
      opened += 1;
      expect(new URL(answer.headers()['location'] ?? '', origin).pathname).toBe(roomPath(named.key));
      await ada.page.goto(origin + answer.headers()['location']);
      await ada.isIn();
      await expect(ada.page.getByRole('heading', { level: 1 })).toContainText(title);
      await keepsItsShape(ada.page);
    }
    expect(opened).toBeGreaterThan(50);
  },
);

test(
  'L17, D1: hostile titles, topics and people keep every list, dialog and header in its shape, letter by letter',
  IN_ALL,
  async ({ ownServer, stranger }) => {
    test.slow();
    const server = await ownServer({ SNUG_LIMITS: 'off' });
    const ada = await (await stranger(NARROW, server)).appear('Ada', 'quiet');
    const { page } = ada;
    const script = await Script.connect(server.origin, { name: 'Script', room: 'quiet' });
    const topics = HOSTILE.filter((text) => topicRefusal(text) === undefined && tidyTopic(text) !== '');
    expect(topics.length).toBeGreaterThan(100);
    for (const [at, raw] of topics.entries()) {
      if (at % 7 > 0) continue;
      await script.ask('topic', { room: 'quiet', topic: raw, clientId: newClientId() });
      await expect.poll(() => page.locator('.topic').textContent()).toBe(tidyTopic(raw));
      const named = roomName(raw);
      if (named.ok) await script.ask('title', { room: 'quiet', title: raw, clientId: newClientId() });
      if (named.ok) await expect.poll(() => page.locator('h1').textContent()).toBe(named.name);
      await keepsItsShape(page);
    }
    await page.getByRole('button', { name: /^Rooms/u }).click();
    await keepsItsShape(page);
    await page.getByRole('button', { name: 'Go to a room' }).click();
    await expect(page.getByRole('combobox')).toBeFocused();
    await keepsItsShape(page);
    await page.keyboard.press('Escape');
    for (const raw of HOSTILE.filter((text) => personName(text).ok).filter((_, at) => at % 12 === 0)) {
      const other = await Script.connect(server.origin, { name: raw, room: 'quiet' });
      await page.getByRole('button', { name: /^People here/u }).click();
      await page.locator('.people li button').first().click();
      await expect(page.getByRole('button', { name: 'Ignore', exact: true })).toBeVisible();
      await keepsItsShape(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await other.ask('leave', { room: 'quiet' });
      other.close();
    }
    script.close();
  },
);

/** Letter by letter; where a link leads and what can be done with code stands beside the texts. */
async function seenTexts(person: Person): Promise<string[]> {
  const texts = await person.texts.evaluateAll((all) =>
    all.map((text) => {
      const copy = document.createElement('div');
      copy.append(...Array.from(text.childNodes, (node) => node.cloneNode(true)));
      for (const aside of copy.querySelectorAll('figcaption, .host')) aside.remove();
      return copy.textContent ?? '';
    }),
  );
  return texts.map(withoutSpace);
}

/** The reader's own word for what is seen is good for this: its property tests hold it against the source. */
function withoutMarks(text: string): string {
  return withoutSpace(plainText(parse(text)));
}

/** Empty lines between paragraphs are drawn as space. */
function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** From the first message on. */
async function showAll(person: Person): Promise<void> {
  const start = person.page.getByRole('region', { name: 'Start of the room' });
  await person.transcript.hover();
  await expect(async () => {
    await person.page.mouse.wheel(0, -4_000);
    await expect(start).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [20] });
}

/** Nothing ran, nothing is wider than the page, nothing of the page is covered or gone. */
async function keepsItsShape(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const rows = [...document.querySelectorAll('article')];
    return {
      ran: 'hostile' in window,
      tooWide: Math.max(0, scrollWidth - clientWidth),
      sticksOut: rows.filter((row) => row.scrollWidth > row.clientWidth + 1).map((row) => row.textContent),
      strangers: document.querySelectorAll(
        'article :is(script, img, iframe, object, embed, form, style, link, base, video, svg:not(.icon, .avatar, .avatar *))',
      ).length,
    };
  });
  expect(found).toEqual({ ran: false, tooWide: 0, sticksOut: [], strangers: 0 });
}

function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
