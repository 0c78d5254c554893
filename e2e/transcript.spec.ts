import { setInterval as ticks } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import {
  growLate,
  nextFrames,
  scrollUp,
  takeAnchoringAway,
  watchBottom,
  watchDrift,
  watchRows,
} from './support/reading.ts';
import { Line } from './support/line.ts';
import type { Person } from './support/person.ts';
import { type Script, textsOf } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const UNLIMITED = { SNUG_LIMITS: 'off', SNUG_GRACE_MS: '120000' };
/** Through a whole room takes a while on a machine that does much else. */
const JOURNEY = { timeout: 40_000 };
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `message ${from + at}`);

/** 200 a second, in numbers from `from` to `to`. */
async function pour(script: Script, from: number, to: number): Promise<void> {
  let at = from;
  for await (const _ of ticks(25)) {
    await script.say(...numbered(at, Math.min(to, at + 4)));
    at += 5;
    if (at > to) return;
  }
}

const WAYS = [
  ['with the browser’s anchoring', false, {}],
  ['with overflow-anchor: none, as in WebKit', true, IN_ALL],
] as const;

for (const [way, isTakenAway, when] of WAYS) {
  test.describe(way, when, () => {
    const come = async (person: Person, room: string): Promise<Person> => {
      if (isTakenAway) await takeAnchoringAway(person.page);
      return person.appear('Ada', room);
    };

    test('point 11: what one reads stays within a pixel while 200 messages a second arrive and history loads', async ({
      ownServer,
      stranger,
      script,
      room,
      watch,
    }) => {
      watch.allowNetworkTrouble();
      const server = await ownServer(UNLIMITED);
      const line = await Line.to(server);
      const other = await script('Script', {}, server);
      await other.say(...numbered(1, 600));
      const ada = await come(await stranger({}, line), room);
      await expect(ada.texts.last()).toHaveText('message 600');
      line.hold();
      await expect(async () => {
        await scrollUp(ada, 300);
        await expect(ada.transcript.getByText('Loading earlier messages')).toBeAttached({ timeout: 50 });
      }).toPass({ intervals: [20] });
      const drift = await watchDrift(ada.page);
      const before = await firstDrawn(ada);
      const poured = pour(other, 601, 1_100);
      line.release();
      await expect.poll(() => firstDrawn(ada)).toBeLessThan(before);
      await poured;
      await expect(ada.page.getByRole('button', { name: '500 new messages' })).toBeVisible();
      expect(await drift()).toBeLessThanOrEqual(1);
      await ada.page.getByRole('button', { name: '500 new messages' }).click();
      await expect(ada.texts.last()).toHaveText('message 1100');
      await expect(ada.texts.last()).toBeInViewport();
      await line.close();
    });

    test('point 11: rows that grow late, above and below, and a growing composer do not move what one reads', async ({
      stranger,
      script,
      room,
    }) => {
      const other = await script('Script');
      await other.say(...numbered(1, 120));
      const ada = await come(await stranger(), room);
      await expect(ada.texts.last()).toHaveText('message 120');
      await scrollUp(ada, 900);
      await expect(ada.texts.last()).not.toBeInViewport();
      const drift = await watchDrift(ada.page);
      for (const where of ['above', 'below', 'within'] as const) await growLate(ada.page, where);
      await ada.composer.fill('one\ntwo\nthree\nfour\nfive\nsix');
      await ada.composer.fill('');
      await nextFrames(ada.page);
      expect(await drift()).toBeLessThanOrEqual(1);
    });

    test('point 11: whoever is at the bottom stays there while rows grow, messages pour in and the composer grows', async ({
      ownServer,
      stranger,
      script,
      room,
    }) => {
      const server = await ownServer(UNLIMITED);
      const other = await script('Script', {}, server);
      await other.say(...numbered(1, 60));
      const ada = await come(await stranger({}, server), room);
      await expect(ada.texts.last()).toHaveText('message 60');
      const away = await watchBottom(ada.page);
      await pour(other, 61, 260);
      await expect(ada.texts.last()).toHaveText('message 260');
      await growLate(ada.page, 'above');
      await ada.composer.fill('one\ntwo\nthree\nfour\nfive\nsix');
      await nextFrames(ada.page);
      expect(await away()).toBeLessThanOrEqual(1);
    });

    test('the list: 300 rows in the document and 1,500 messages in memory, without a hole from end to end', async ({
      ownServer,
      stranger,
      script,
      room,
    }) => {
      const server = await ownServer(UNLIMITED);
      const line = await Line.to(server);
      const other = await script('Script', {}, server);
      await other.say(...numbered(1, 1_700));
      const ada = await come(await stranger({}, line), room);
      await expect(ada.texts.last()).toHaveText('message 1700');
      const faults = await watchRows(ada.page);
      const start = ada.page.getByRole('region', { name: 'Start of the room' });
      await throughTo(ada, -5_000, () => expect(start).toBeInViewport(JOURNEY));
      await expect(ada.texts.first()).toHaveText('message 1');
      line.hold();
      const hole = ada.transcript.getByText('Loading newer messages');
      await throughTo(ada, 5_000, () => expect(hole).toBeInViewport(JOURNEY));
      line.release();
      await throughTo(ada, 5_000, async () => {
        await expect(ada.texts.last()).toHaveText('message 1700', JOURNEY);
        await expect(ada.texts.last()).toBeInViewport();
      });
      await other.say('and on it goes');
      await expect(ada.texts.last()).toHaveText('and on it goes');
      await expect(ada.texts.last()).toBeInViewport();
      expect(await faults()).toEqual([]);
      expect(await nodesKept(ada.page)).toBeLessThan(8_000);
      // A page that is still there would come back, and say on its console that it cannot.
      await ada.page.close();
      await line.close();
    });
  });
}

test('point 11: a jump from the start of a long room to its newest message leaves nothing out after it', async ({
  ownServer,
  guest,
  script,
}) => {
  const server = await ownServer(UNLIMITED);
  const other = await script('Script', {}, server);
  await other.say(...numbered(1, 1_700));
  const ada = await guest('Ada', server);
  const start = ada.page.getByRole('region', { name: 'Start of the room' });
  await throughTo(ada, -5_000, () => expect(start).toBeInViewport(JOURNEY));
  await ada.send('my own');
  await expect(ada.texts.last()).toHaveText('my own');
  await expect(ada.texts.last()).toBeInViewport();
  await expect.poll(() => textsOf(other.heard)).toContain('my own');
  await other.say('after it');
  await expect(ada.texts.last()).toHaveText('after it');
  await expect(ada.texts.nth(-3)).toHaveText('message 1700');
});

test('point 23: the focus is not lost when its row leaves the document', async ({ guest, script }) => {
  const other = await script('Script');
  await other.say(...numbered(1, 500));
  const ada = await guest('Ada');
  await expect(ada.texts.last()).toHaveText('message 500');
  await ada.composer.press('Shift+Tab');
  await expect(ada.messages.last()).toBeFocused();
  await throughTo(ada, -5_000, () => expect(ada.texts.first()).toHaveText('message 1', JOURNEY));
  // Another one that could be seen then has it.
  await expect(ada.messages.and(ada.page.locator(':focus'))).toHaveCount(1);
});

test('point 14: history that does not come is said, and comes when there is a connection again', async ({
  ownServer,
  guest,
  script,
  watch,
}) => {
  watch.allowNetworkTrouble();
  const server = await ownServer(UNLIMITED);
  await (await script('Script', {}, server)).say(...numbered(1, 200));
  const ada = await guest('Ada', server);
  await expect(ada.texts.last()).toHaveText('message 200');
  await server.kill();
  await scrollUp(ada, 1_000_000);
  await expect(ada.transcript.getByText('Earlier messages could not be loaded.')).toBeInViewport();
  await expect(ada.transcript.getByRole('button', { name: 'Try again' })).toBeVisible();
  await server.restart();
  await ada.isIn();
  const start = ada.page.getByRole('region', { name: 'Start of the room' });
  await throughTo(ada, -5_000, () => expect(start).toBeInViewport(JOURNEY));
});

test('point 15: what one person says in a row stands under one name, and the time of each shows when one looks for it', async ({
  guest,
  script,
}) => {
  const [linus, grace] = [await script('Linus'), await script('Grace')];
  const ada = await guest('Ada');
  await linus.say('one', 'two');
  await grace.say('three');
  await linus.say('four');
  await expect(ada.texts).toHaveText(['one', 'two', 'three', 'four']);
  await expect(ada.transcript.locator('.byline .name')).toHaveText(['Linus', 'Grace', 'Linus']);
  const time = ada.messages.nth(1).locator('.gutter time');
  await expect(time).toHaveCSS('opacity', '0');
  await ada.messages.nth(1).hover();
  await expect(time).toHaveCSS('opacity', '1');
  await expect(ada.messages.nth(1)).toHaveAccessibleName(/^Linus, .*\d/u);
});

test('point 15: the day sticks above its messages, readable, and has another name after midnight', async ({
  stranger,
  script,
  room,
}) => {
  const other = await script('Script');
  await other.say(...numbered(1, 100));
  const person = await stranger();
  await person.page.clock.install();
  const ada = await person.appear('Ada', room);
  await expect(ada.texts.last()).toHaveText('message 100');
  const day = ada.transcript.locator('h2.day');
  await expect(day).toHaveText('Today');
  await scrollUp(ada, 700);
  await expect.poll(() => topIn(ada, '.day')).toBe(0);
  // Nothing shines through: what is at its place is the day itself.
  expect(
    await day.evaluate((row) => {
      const { left, top, width, height } = row.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(left + part * width, top + height / 2));
      return points.every((element) => element !== null && row.contains(element));
    }),
  ).toBe(true);
  await expect(day).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await ada.page.clock.fastForward('24:00:00');
  await expect(day).toHaveText('Yesterday');
});

test('point 16: who came and went takes one line, which grows without moving what one reads', async ({
  guest,
  script,
  room,
}) => {
  const first = await script('Script');
  await first.say(...numbered(1, 80));
  const ada = await guest('Ada');
  await expect(ada.texts.last()).toHaveText('message 80');
  const [linus, grace] = [await script('Linus'), await script('Grace')];
  await expect(ada.notices).toHaveText('Linus and Grace joined · 4 here');
  await scrollUp(ada, 300);
  const drift = await watchDrift(ada.page);
  for (const name of ['Edsger', 'Barbara', 'Donald']) await script(name);
  await expect(ada.notices.last()).toHaveText('Linus, Grace and 3 others joined · 7 here');
  await linus.ask('leave', { room });
  await expect(ada.notices.last()).toHaveText('Grace, Edsger and 2 others joined · Linus came and went · 6 here');
  await linus.ask('join', { room });
  await expect(ada.notices.last()).toHaveText('Linus, Grace and 3 others joined · 7 here');
  await first.say('a word between');
  await grace.ask('leave', { room });
  await grace.ask('join', { room });
  await expect(ada.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await linus.ask('rename', { room, name: 'Torvalds' });
  await expect(ada.page.getByRole('complementary', { name: /^Here now/u })).toContainText('Torvalds');
  expect(await drift()).toBeLessThanOrEqual(1);
  await ada.page.getByRole('button', { name: '1 new message' }).click();
  // Grace left and came back, which nobody need know.
  await expect(ada.notices.last()).toHaveText('Linus is now Torvalds');
  await expect(ada.notices).toHaveCount(2);
});

test('point 3: what was not taken says why and is mended from the keyboard', async ({ stranger, room }) => {
  const ada = await stranger();
  await ada.context.routeWebSocket(/\/socket\.io\//u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => server.send(String(frame).replace('refused', String.raw`re\u0000fused`)));
  });
  await ada.appear('Ada', room);
  await ada.send('this is refused');
  const failed = ada.transcript.getByRole('group', { name: 'Not sent' });
  await expect(failed).toContainText('characters that cannot be stored');
  await ada.transcript.focus();
  for (const name of ['Retry', 'Edit', 'Delete']) {
    await expect(async () => {
      await ada.page.keyboard.press('Tab');
      await expect(failed.getByRole('button', { name })).toBeFocused({ timeout: 50 });
    }).toPass();
  }
  await ada.page.keyboard.press('Enter');
  await expect(failed).toHaveCount(0);
  await expect(ada.composer).toBeFocused();
});

test('point 13: what arrives is read only while somebody sits before the page, and after it was there for a while', async ({
  stranger,
  script,
  room,
}) => {
  const other = await script('Script');
  await other.say('one');
  const ada = await stranger();
  await ada.page.addInitScript(() => {
    document.hasFocus = () => document.documentElement.dataset['attended'] === 'yes';
  });
  const told: number[] = [];
  ada.page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const seq = /\["read",\{.*"seq":(\d+)/u.exec(String(payload))?.[1];
      if (seq !== undefined) told.push(Number(seq));
    });
  });
  await ada.appear('Ada', room);
  await other.say('two');
  // The announcer gathers for as long as reading takes: by now it would have been told.
  await expect(ada.page.getByRole('status', { name: 'News' })).toHaveText('Script: two');
  await other.say('three');
  await expect(ada.page.getByRole('status', { name: 'News' })).toHaveText('Script: three');
  expect(told).toEqual([]);
  await attend(ada.page, 'yes');
  const head = (await other.log()).at(-1)?.seq ?? 0;
  await expect.poll(() => told).toEqual([head]);
  await attend(ada.page, 'no');
  await other.say('four');
  await expect(ada.page.getByRole('status', { name: 'News' })).toHaveText('Script: four');
  expect(told).toEqual([head]);
});

async function attend(page: Page, isAttended: 'yes' | 'no'): Promise<void> {
  await page.evaluate((is) => {
    document.documentElement.dataset['attended'] = is;
    dispatchEvent(new Event(is === 'yes' ? 'focus' : 'blur'));
  }, isAttended);
}

/** The number of the oldest message that is in the document. */
async function firstDrawn(person: Person): Promise<number> {
  return Number((await person.texts.first().textContent())?.replace('message ', ''));
}

/** Where the first of these is below the top edge of the transcript. */
async function topIn(person: Person, selector: string): Promise<number> {
  return person.transcript.evaluate((scroller, what) => {
    const element = scroller.querySelector(what);
    return Math.round((element?.getBoundingClientRect().top ?? NaN) - scroller.getBoundingClientRect().top);
  }, selector);
}

/** How many nodes are left of all that was ever drawn: also those that no document holds, but something else does. */
async function nodesKept(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Memory.getDOMCounters')).nodes;
}

/** Scrolls on until `there` passes. */
async function throughTo(person: Person, pixels: number, there: () => Promise<void>): Promise<void> {
  const scrolling = await person.transcript.evaluateHandle((scroller, by) => {
    const run = { isOver: false };
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const scroll = async (): Promise<void> => {
      while (!run.isOver) {
        scroller.scrollBy(0, by);
        // One for whoever hears of it, and one for what is drawn then.
        await frame();
        await frame();
      }
    };
    void scroll();
    return run;
  }, pixels);
  await there();
  await scrolling.evaluate((run) => {
    run.isOver = true;
  });
}
