// The main job and the list of messages in engines other than Chromium, as they are installed.
import { expect, test as base } from '@playwright/test';
import { Line } from '../support/line.ts';
import { Script } from '../support/script.ts';
import { Server } from '../support/server.ts';
import { type Engine, ENTER } from './engine.ts';
import { FIREFOX, openFirefox } from './firefox.ts';
import { isInstalled } from './program.ts';
import { Reader } from './reader.ts';
import { DISPLAY, openWebKit, WEBKIT } from './webkit.ts';

const ENGINES = [
  { name: 'Firefox', open: openFirefox, programs: [FIREFOX], needed: 'needs firefox-esr' },
  { name: 'WebKitGTK', open: openWebKit, programs: [WEBKIT, DISPLAY], needed: 'needs webkit2gtk-driver, xvfb' },
];

interface Stage {
  readonly room: string;
  readonly line: Line;
  readonly script: Script;
  readonly enter: (open: () => Promise<Engine>) => Promise<Reader>;
}

const test = base.extend<Stage & { server: Server }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.close();
    expect(server.problems).toEqual([]);
  },
  room: async ({ server }, use) => use(server.newRoom()),
  line: async ({ server }, use) => {
    const line = await Line.to(server);
    line.watchPolicy();
    await use(line);
    await line.close();
    expect(line.forbidden).toEqual([]);
  },
  script: async ({ server, room }, use) => {
    const script = await Script.connect(server.origin, { name: 'Script', room });
    await use(script);
    script.close();
  },
  enter: async ({ line, room }, use) => {
    const engines: Engine[] = [];
    await use(async (open) => {
      const engine = await open();
      engines.push(engine);
      const reader = new Reader(engine.tab);
      await engine.tab.resize(1000, 700);
      await reader.comeIn(line.origin, 'Ada', room);
      return reader;
    });
    await Promise.all(engines.map((engine) => engine.close()));
  },
});

for (const { name, open, programs, needed } of ENGINES) {
  test.describe(`${name} (${needed})`, () => {
    test.skip(!programs.every(isInstalled), `${name} is not installed.`);

    test('one comes in, talks, and is still there after a reload', async ({ script, enter }) => {
      const ada = await enter(open);
      await ada.write(`Grüße, 語${ENTER}`);
      await expect
        .poll(() => script.heard.map((entry) => ('text' in entry ? entry.text : entry.kind)))
        .toContain('Grüße, 語');
      await script.say('hello, Ada');
      await expect.poll(() => ada.texts()).toEqual(['Grüße, 語', 'hello, Ada']);
      await ada.tab.run(() => {
        location.reload();
        return null;
      });
      await ada.isIn();
      await expect.poll(() => ada.texts()).toEqual(['Grüße, 語', 'hello, Ada']);
    });

    test('point 11: the text one reads stays within a pixel whatever arrives, loads or grows', async ({
      script,
      enter,
      line,
    }) => {
      await script.say(...numbered(1, 90));
      await script.say(...numbered(91, 180));
      await script.say(...numbered(181, 260));
      const ada = await enter(open);
      await expect.poll(async () => (await ada.texts()).at(-1)).toBe('message 260');
      line.hold();
      await ada.scrollUp(900);
      await expect.poll(() => ada.shows('Loading earlier messages')).toBe(true);
      const drift = await ada.watchDrift();
      const oldest = numberOf(await ada.first());
      line.release();
      await expect.poll(async () => numberOf(await ada.first())).toBeLessThan(oldest);
      for (const where of ['above', 'below', 'within'] as const) await ada.growLate(where);
      for (let at = 261; at <= 360; at += 10) await script.say(...numbered(at, at + 9));
      await ada.write('one two three '.repeat(40));
      await expect
        .poll(() => ada.tab.run(() => document.querySelector('.new-messages')?.textContent ?? ''))
        .toContain('100 new');
      expect(await drift()).toBeLessThanOrEqual(1);
    });

    test('what the policy forbids is reported', async ({ enter, line }) => {
      const ada = await enter(open);
      expect(line.forbidden).toEqual([]);
      await ada.tab.run(() => {
        document.body.append(Object.assign(new Image(), { src: 'https://evil.example/a.png' }));
        return null;
      });
      await expect.poll(() => line.forbidden.join()).toContain('evil.example/a.png');
      line.forbidden.length = 0;
    });

    test('point 11: whoever is at the bottom follows, and one’s own message leads there', async ({ script, enter }) => {
      await script.say(...numbered(1, 80));
      const ada = await enter(open);
      for (let at = 81; at <= 90; at += 1) await script.say(`message ${at}`);
      await expect.poll(async () => (await ada.texts()).at(-1)).toBe('message 90');
      expect(await ada.fromBottom()).toBeLessThanOrEqual(1);
      await ada.scrollUp(800);
      await ada.write(`mine${ENTER}`);
      await expect.poll(async () => (await ada.texts()).at(-1)).toBe('mine');
      await expect.poll(() => ada.fromBottom()).toBeLessThanOrEqual(1);
    });
  });
}

function numberOf(text: string): number {
  return Number(/^message (\d+)$/u.exec(text)?.[1]);
}

function numbered(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `message ${from + at}`);
}
