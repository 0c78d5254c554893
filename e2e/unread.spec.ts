import { io } from 'socket.io-client';
import { REQUESTS } from '../protocol/requests.ts';
import { NAMESPACE } from '../protocol/wire.ts';
import { comeBack, follow, numbered } from './support/coming-back.ts';
import { nextFrames, watchDrift } from './support/reading.ts';
import type { Person } from './support/person.ts';
import { isMessage, textsOf } from './support/script.ts';
import { expect, IN_ALL, test } from './support/story.ts';

const dividerOf = (person: Person) => person.transcript.getByRole('separator', { name: 'New messages' });
const barOf = (person: Person) => person.page.getByRole('button', { name: /new since .*Jump there$/u });

/** The text right below the divider. */
async function belowDivider(person: Person): Promise<string | undefined> {
  return dividerOf(person).evaluate(
    (line) => line.nextElementSibling?.querySelector('.text')?.textContent ?? undefined,
  );
}

test('point 12: the divider of what is not loaded: a bar counts it and leads there, and it goes without moving anything', async ({
  script,
  guest,
}) => {
  const other = await script('Script');
  const ada = await guest('Ada');
  await comeBack(ada, other, 290);
  await expect(dividerOf(ada)).toHaveCount(0);
  await expect(barOf(ada)).toHaveText(/^100\+ new since /u);
  await barOf(ada).click();
  await expect(ada.messages.filter({ hasText: /message 11$/u })).toBeFocused();
  await expect(dividerOf(ada)).toBeInViewport();
  expect(await belowDivider(ada)).toBe('message 11');
  await expect(barOf(ada)).toHaveCount(0);
  await nextFrames(ada.page);
  const drift = await watchDrift(ada.page);
  // Escape leads to the composer first, and then marks all as read.
  await ada.page.keyboard.press('Escape');
  await expect(ada.composer).toBeFocused();
  await ada.page.keyboard.press('Escape');
  await expect(dividerOf(ada)).toHaveCount(0);
  await nextFrames(ada.page);
  expect(await drift()).toBeLessThanOrEqual(1);
  await ada.page.reload();
  await ada.isIn();
  await expect(ada.texts.last()).toHaveText('message 300');
  await expect(barOf(ada)).toHaveCount(0);
  await expect(dividerOf(ada)).toHaveCount(0);
});

test(
  'point 12: a divider on the screen needs no bar, stays while one reads, and goes when one sends',
  IN_ALL,
  async ({ script, guest }) => {
    const other = await script('Script');
    const ada = await guest('Ada');
    await comeBack(ada, other, 3);
    await expect(dividerOf(ada)).toBeInViewport();
    expect(await belowDivider(ada)).toBe('message 11');
    await expect(barOf(ada)).toHaveCount(0);
    await other.say('message 14');
    await expect(ada.texts.last()).toHaveText('message 14');
    expect(await belowDivider(ada)).toBe('message 11');
    await ada.send('hello');
    await expect(dividerOf(ada)).toHaveCount(0);
  },
);

test(
  'point 12: whoever has seen the divider is not told of it again, and a button marks all as read',
  IN_ALL,
  async ({ script, guest }) => {
    const other = await script('Script');
    const ada = await guest('Ada');
    await comeBack(ada, other, 40);
    await expect(barOf(ada)).toHaveText(/^40 new since /u);
    await ada.page.getByRole('button', { name: 'Mark as read' }).click();
    await expect(barOf(ada)).toHaveCount(0);
    await expect(dividerOf(ada)).toHaveCount(0);
    await expect(ada.composer).toBeFocused();
  },
);

test(
  'points 12 and 20: in another room and back: the divider is before what came meanwhile, and one is led nowhere again',
  IN_ALL,
  async ({ script, stranger, server, room }) => {
    const cake = server.newRoom();
    const ada = await stranger({ viewport: { width: 1280, height: 800 } });
    await ada.appear('Ada', cake);
    const other = await script('Script');
    await ada.appear('Ada', room);
    await other.say(...numbered(1, 300));
    await follow(ada, other.heard.filter(isMessage).find(({ text }) => text === 'message 60')?.seq ?? 0);
    await expect(ada.messages.filter({ hasText: /message 60$/u })).toBeFocused();
    await ada.page.getByRole('button', { name: 'Back to now' }).click();
    await expect(ada.texts.last()).toHaveText('message 300');
    await ada.send('my own');
    await expect.poll(() => textsOf(other.heard)).toContain('my own');
    const rooms = ada.page.getByRole('navigation', { name: 'Rooms' });
    await rooms.getByRole('link', { name: cake }).click();
    await expect(ada.messages).toHaveCount(0);
    await other.say('message 301', 'message 302');
    await rooms.getByRole('link', { name: room }).click();
    await expect(ada.texts.last()).toHaveText('message 302');
    await expect(ada.texts.last()).toBeInViewport();
    await expect(dividerOf(ada)).toBeInViewport();
    expect(await belowDivider(ada)).toBe('message 301');
    await rooms.getByRole('link', { name: cake }).click();
    await expect(ada.messages).toHaveCount(0);
    await rooms.getByRole('link', { name: room }).click();
    await expect(ada.texts.last()).toBeInViewport();
  },
);

/** From now on nobody sits before this tab: a browser without a window takes every page for one that is looked at. */
async function lookAway(person: Person): Promise<void> {
  await person.page.addInitScript(() => {
    document.hasFocus = () => false;
  });
}

/** As another device of the same person does, once all is read. */
async function markUnread(person: Person, room: string, seq: number): Promise<void> {
  const [session] = await person.context.cookies(person.origin);
  const extraHeaders = { cookie: `${session?.name}=${session?.value}`, origin: person.origin };
  const device = io(person.origin + NAMESPACE, { transports: ['websocket'], forceNew: true, extraHeaders });
  await device.emitWithAck('join', { room });
  await expect
    .poll(async () =>
      REQUESTS.rooms.reply.parse(await device.emitWithAck('rooms', {})).rooms.map(({ unread }) => unread),
    )
    .toEqual([0]);
  expect(await device.emitWithAck('unread', { room, seq })).toEqual({ ok: true });
  device.disconnect();
}

test('point 27, T4: what is read in one tab is read in the others: their divider goes', async ({ script, guest }) => {
  const other = await script('Script');
  const ada = await guest('Ada');
  await lookAway(ada);
  await comeBack(ada, other, 40);
  await expect(barOf(ada)).toHaveText(/^40 new since /u);
  const second = await ada.newTab();
  await second.page.goto(ada.page.url());
  await expect(barOf(second)).toHaveText(/^40 new since /u);
  await expect(barOf(ada)).toHaveCount(0);
  await expect(barOf(second)).toBeVisible();
});

test(
  'L12: what is marked as unread on one device has its divider on all, and is not read by looking on',
  IN_ALL,
  async ({ script, guest, room }) => {
    const other = await script('Script');
    const ada = await guest('Ada');
    await other.say(...numbered(1, 5));
    await expect(ada.texts.last()).toHaveText('message 5');
    const seq = other.heard.filter(isMessage).find(({ text }) => text === 'message 4')?.seq ?? 0;
    const drift = await watchDrift(ada.page);
    await markUnread(ada, room, seq);
    await expect(dividerOf(ada)).toBeInViewport();
    expect(await belowDivider(ada)).toBe('message 4');
    await nextFrames(ada.page);
    expect(await drift()).toBeLessThanOrEqual(1);
    await ada.page.reload();
    await ada.isIn();
    expect(await belowDivider(ada)).toBe('message 4');
  },
);
