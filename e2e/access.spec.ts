import type { Page } from '@playwright/test';
import { expectNoFaults, type Look, type View } from './support/looks.ts';
import type { Person } from './support/person.ts';
import { statesOfDevices } from './support/states-of-devices.ts';
import { statesOfLogin, statesOfParting } from './support/states-of-login.ts';
import { statesOfConnection, statesOfMenus, statesOfRoom, statesOfSending } from './support/states-of-room.ts';
import { statesOfRooms } from './support/states-of-rooms.ts';
import { statesOfMessageActs } from './support/states-of-message-acts.ts';
import { statesOfReading } from './support/states-of-reading.ts';
import { statesOfCompletion, statesOfMarkup } from './support/states-of-markup.ts';
import { statesOfSearch } from './support/states-of-search.ts';
import { statesOfTrouble } from './support/states-of-trouble.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const ALL: readonly View[] = [
  { theme: 'light', width: 320, height: 720 },
  { theme: 'dark', width: 768, height: 900 },
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'dark', width: 320, height: 720 },
  { theme: 'light', width: 768, height: 900 },
  { theme: 'dark', width: 1280, height: 800 },
];

/** The whole product takes minutes, and is left to test:all: here each state is seen once, and every view in each story. */
const MOST = process.env['SNUG_TEST_ALL'] === '1' ? ALL.length : 1;

function axeLook(): Look {
  let turn = 0;
  return async (page, state) => {
    const views = Array.from({ length: MOST }, (_, at) => ALL[(turn + at) % ALL.length]!);
    turn += 1;
    await expectNoFaults(page, state, views);
  };
}

test('axe finds nothing wrong in any state of the login page', IN_ALL, async ({ stranger, guest, room, watch }) => {
  await statesOfLogin({ stranger, guest, room, watch }, axeLook());
});

test(
  'axe finds nothing wrong where one has names, gives them up and signs out, nor where there is no page',
  IN_ALL,
  async ({ stranger, guest, room, watch }) => {
    await statesOfParting({ stranger, guest, room, watch }, axeLook());
  },
);

test('axe finds nothing wrong where one takes one’s name along', IN_ALL, async ({ stranger, room, watch }) => {
  await statesOfDevices({ stranger, room, watch }, axeLook());
});

test(
  'axe finds nothing wrong in any state that few people ever see',
  IN_ALL,
  async ({ stranger, script, room, watch, line, ownServer }) => {
    await statesOfTrouble({ stranger, script, room, watch, line, ownServer }, axeLook());
  },
);

for (const [what, states, when] of [
  ['the room, from opening to new messages', statesOfRoom, {}],
  ['the room’s menu and dialogs', statesOfMenus, IN_ALL],
  ['typing, sending and editing', statesOfSending, {}],
  ['the connection', statesOfConnection, IN_ALL],
  ['the unread, jumps and dates', statesOfReading, {}],
  ['what is offered while one writes', statesOfCompletion, IN_ALL],
  ['the search', statesOfSearch, IN_ALL],
  ['what one does with messages', statesOfMessageActs, IN_ALL],
  ['what is written with marks, and what one writes them with', statesOfMarkup, {}],
] as const) {
  test(`axe finds nothing wrong in any state of ${what}`, when, async ({ stranger, script, room, watch, line }) => {
    await states({ stranger, script, room, watch, line }, axeLook());
  });
}

test('axe finds nothing wrong with the other rooms, nor with what lies over one', async ({
  stranger,
  script,
  room,
  server,
}) => {
  await statesOfRooms({ stranger, script, room, server }, axeLook());
});

test('one comes in, writes, mends it, looks around, reads back and leaves with the keyboard alone', async ({
  stranger,
  script,
  room,
}) => {
  const linus = await script('Linus');
  await linus.say(...Array.from({ length: 60 }, (_, at) => `message ${at + 1}`));
  const ada = await stranger();
  const { page, origin } = ada;
  await page.goto(origin);
  await page.keyboard.type('Ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type(room);
  await page.keyboard.press('Enter');
  await ada.isIn();
  await writeAndMend(ada);
  await lookAround(ada);
  await tabTo(page, 'Linus, ', 'Shift+Tab');
  for (const _ of [1, 2]) await page.keyboard.press('PageUp');
  await expect(ada.texts.last()).not.toBeInViewport();
  await linus.say('one more');
  await expect(page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await tabTo(page, '1 new message');
  await page.keyboard.press('Enter');
  await expect(ada.texts.last()).toHaveText('one more');
  await expect(ada.texts.last()).toBeInViewport();
  await expect(ada.composer).toBeFocused();
  await tabTo(page, 'Leave this room', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${origin}/`);
});

async function writeAndMend(ada: Person): Promise<void> {
  const { page } = ada;
  await tabTo(page, 'Skip to writing');
  await page.keyboard.press('Enter');
  await expect(ada.composer).toBeFocused();
  await page.keyboard.type('helo');
  await page.keyboard.press('Enter');
  await expect(ada.texts.last()).toHaveText('helo');
  await page.keyboard.press('ArrowUp');
  await expect(ada.composer).toHaveValue('helo');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('lo');
  await page.keyboard.press('Enter');
  await expect(ada.texts.last()).toHaveText('hello (edited)');
}

async function lookAround(ada: Person): Promise<void> {
  const { page } = ada;
  await tabTo(page, 'People here', 'Shift+Tab');
  const list = page.getByRole('complementary', { name: /^Here now/u });
  await expect(list).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(list).toContainText('Linus');
  await tabTo(page, 'More');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.type('s');
  await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More' })).toBeFocused();
}

/** Tabs until what has the focus has this name. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  await expect(async () => {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return '';
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (!focused.startsWith(name)) await page.keyboard.press(key);
    expect(focused.slice(0, name.length)).toBe(name);
  }).toPass({ intervals: [0] });
}
