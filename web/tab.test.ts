import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, ClientId, MemberId } from '../protocol/ids.ts';
import { refused } from '../protocol/refusals.ts';
import type { Granted } from '../protocol/requests.ts';
import type { ChatSocketEvents } from './connection/chat-socket.ts';
import { HandAsk } from './connection/hand-ask.ts';
import { HandClock, settle } from './connection/hand-clock.ts';
import { joinReply, me, message, room } from './connection/hand-link.ts';
import { MemoryTexts } from './connection/memory-texts.ts';
import { added } from './connection/outbox-queue.ts';
import { MemoryOutboxStorage } from './connection/outbox-storage.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import type { LinkState } from './state/room-state.ts';
import { OtherRooms } from './other-rooms.ts';
import { Tab } from './tab.ts';

const cake = 'cake' as Address;
const ben = { id: 'm-ben' as MemberId, name: 'Ben' };
const cakeMe = { id: 'm-cake' as MemberId, name: me.name, role: 'member' } as const;
const owner = { room: cake, member: cakeMe.id, name: me.name };

let made = 0;
let wire: HandAsk;
let clock: HandClock;
let storage: MemoryOutboxStorage;
let texts: MemoryTexts;

beforeEach(() => {
  [wire, clock, storage, texts] = [new HandAsk(), new HandClock(), new MemoryOutboxStorage(), new MemoryTexts()];
});

/** A page whose connection is in the test's hands. */
function newTab(loadOtherRooms = () => Promise.resolve(OtherRooms)) {
  let events: ChatSocketEvents | undefined;
  let state: LinkState = { kind: 'connecting', since: clock.now() };
  const done: string[] = [];
  const nothing = (): void => {};
  const tab = new Tab({
    connect: (given) => {
      events = given;
      return {
        get state() {
          return state;
        },
        ask: wire.ask,
        open: nothing,
        close: () => done.push('close'),
        tryNow: nothing,
        renew: () => {
          done.push('renew');
          given.disconnected();
        },
        networkChanged: nothing,
      };
    },
    loadOtherRooms,
    page: { room, title: 'Tea', memberName: me.name, as: me.id },
    address: address(room),
    clock,
    random: () => 0.5,
    newClientId: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}` as ClientId,
    storage,
    texts,
    tab: new MemoryTexts(),
    locks: undefined,
    isSeen: true,
    changed: nothing,
  });
  const socket = events!;
  return {
    tab,
    done,
    socket,
    connect: () => {
      state = { kind: 'online' };
      socket.connected();
    },
  };
}

function address(of: Address): URL {
  return new URL(`http://localhost/chat/${of}`);
}

type Rooms = Granted<'rooms'>['rooms'];
const tea = { room, title: 'Tea', topic: '', head: 1, unread: 0, mentioned: false };
const listedCake = { ...tea, room: cake, title: 'Cake' };

/** In the room, with the list of all rooms. */
async function joined(rooms: Rooms = [tea, listedCake], page = newTab()) {
  page.tab.open();
  await settle();
  page.connect();
  wire.take('join').answer(joinReply(1, [message(1)], true));
  await settle();
  wire.take('rooms').answer({ ok: true, rooms });
  await settle();
  return page;
}

function enterCake(...entries: ReturnType<typeof message>[]): void {
  const { request, answer } = wire.take('join');
  expect(request).toMatchObject({ room: cake });
  answer({ ...joinReply(entries.length, entries, true), room: cake, title: 'Cake', me: cakeMe });
}

const inCake = (seq: number, more: object = {}) => ({ ...message(seq), room: cake, by: ben, ...more });
const listOf = ({ tab }: { tab: Tab }) =>
  tab.shown.rooms.rooms.map(({ room: one, unread, mentioned }) => `${one} ${unread}${mentioned ? '!' : ''}`);

describe('several rooms in one tab', () => {
  test('are opened on the connection that there is, and stay in step when another one is shown', async () => {
    const page = await joined();
    page.tab.show(cake, address(cake), 'Cake');
    expect(page.tab.shown.room.state).toMatchObject({ room: cake, title: 'Cake' });
    await settle();
    enterCake();
    await settle();
    page.socket.entry(message(2, 'meanwhile'));
    page.tab.show(room, address(room));
    expect(page.tab.shown.room.state.lines).toMatchObject([{ seq: 1 }, { text: 'meanwhile' }]);
  });

  test('point 20: are led to a message by their address, opened before or not', async () => {
    const page = await joined();
    const at = (of: Address, seq: number) => new URL(`${address(of).href}?at=${seq}`);
    page.tab.show(cake, at(cake, 7), 'Cake');
    await settle();
    enterCake(inCake(1));
    await settle();
    expect(wire.take('history').request).toMatchObject({ room: cake, around: 7 });
    page.tab.show(room, at(room, 1));
    expect(page.tab.shown.room.state.goal).toMatchObject({ seq: 1 });
    page.tab.show(cake, at(cake, 1));
    expect(page.tab.shown.room.state.goal).toMatchObject({ seq: 1 });
  });

  test('point 4, point 8: each has its draft, and what is sent goes to the one that it was typed in', async () => {
    const page = await joined();
    page.tab.shown.actions.write('for tea');
    wire.take('typing');
    page.tab.show(cake, address(cake));
    wire.take('join').answer({ ...joinReply(0, [], true), room: cake, me: cakeMe });
    await settle();
    expect([page.tab.shown.room.draft, [...page.tab.shown.drafts]]).toEqual(['', [room]]);
    page.tab.shown.actions.send('for cake');
    await settle();
    expect(wire.take('message').request).toMatchObject({ room: cake, items: [{ text: 'for cake' }] });
    page.tab.show(room, address(room));
    wire.take('catchUp');
    expect(page.tab.shown.room.draft).toBe('for tea');
  });

  test('come back after a lost connection, the one that is shown before the others', async () => {
    const page = await joined();
    page.tab.show(cake, address(cake));
    enterCake();
    await settle();
    page.socket.disconnected();
    page.connect();
    expect(wire.open).toEqual(['join']);
    enterCake();
    await settle();
    expect(wire.take('join').request).toMatchObject({ room, as: me.id });
    expect(wire.open).toEqual(['rooms']);
  });

  test('one that this session is no more in costs the others no more than a new connection', async () => {
    const page = await joined();
    page.tab.show(cake, address(cake));
    wire.take('join').answer(refused('notMember'));
    await settle();
    expect(page.tab.shown.room.link).toMatchObject({ kind: 'ended', code: 'notMember' });
    expect(page.done).toEqual(['renew']);
    page.connect();
    expect(wire.take('join').request).toMatchObject({ room });
    page.tab.show(room, address(room));
    expect(page.tab.shown.room.link).toEqual({ kind: 'online' });
    wire.take('rooms');
    // Whoever goes there once more asks to come in once more.
    page.tab.show(cake, address(cake));
    expect(wire.take('join').request).toMatchObject({ room: cake });
  });

  test('where it is the only one, the connection is closed', async () => {
    const page = newTab();
    page.tab.open();
    page.connect();
    wire.take('join').answer(refused('notMember'));
    await settle();
    expect(page.done).toEqual(['close']);
  });

  test('20 at most are kept in step: the one shown longest ago is let go, and is not left', async () => {
    const page = await joined();
    for (let at = 1; at <= 20; at += 1) page.tab.show(`room ${at}` as Address, address(`room ${at}` as Address));
    await settle();
    expect(wire.open.filter((name) => name === 'leave')).toEqual([]);
    expect(wire.open.filter((name) => name === 'join')).toHaveLength(20);
    page.socket.entry(message(2, 'unheard'));
    page.tab.show(room, address(room));
    expect(page.tab.shown.room.state.lines).toEqual([]);
  });

  test('S8: what waits in one that is not open is sent, and nothing of it is shown here', async () => {
    new Whereabouts(texts).cameIn(owner);
    const clientId = 'c-cake' as ClientId;
    await storage.update(owner, (items) => added(items, { kind: 'message', text: 'for cake' }, { clientId, since: 1 }));
    const page = await joined();
    wire.take('rooms').answer({ ok: true, rooms: [tea, listedCake] });
    await settle();
    enterCake();
    await settle();
    expect(wire.take('message').request).toMatchObject({ room: cake, items: [{ text: 'for cake' }] });
    page.socket.signal({ room: cake, kind: 'left' });
    expect(wire.take('catchUp').request).toMatchObject({ room: cake });
    page.socket.entry({ ...inCake(1), text: 'for cake', clientId });
    await settle();
    expect(page.tab.shown.room.state.lines).toHaveLength(1);
    expect(await storage.queues()).toEqual([]);
  });

  test('S8: what waits in one is sent also where the code that sends it could not be loaded at first', async () => {
    new Whereabouts(texts).cameIn(owner);
    const clientId = 'c-cake' as ClientId;
    await storage.update(owner, (items) => added(items, { kind: 'message', text: 'for cake' }, { clientId, since: 1 }));
    let asked = 0;
    const load = () => ((asked += 1) === 1 ? Promise.reject(new Error('no network')) : Promise.resolve(OtherRooms));
    const page = await joined(undefined, newTab(load));
    page.tab.hidden();
    page.tab.seen();
    await settle();
    wire.take('catchUp');
    wire.take('rooms').answer({ ok: true, rooms: [tea, listedCake] });
    await settle();
    enterCake();
    await settle();
    expect(wire.take('message').request).toMatchObject({ room: cake, items: [{ text: 'for cake' }] });
    expect(asked).toBe(2);
  });

  test('S8: nothing is sent for another one before the room on screen was joined, however early its code is here', async () => {
    new Whereabouts(texts).cameIn(owner);
    await storage.update(owner, (items) =>
      added(items, { kind: 'message', text: 'for cake' }, { clientId: 'c-cake' as ClientId, since: 1 }),
    );
    let come: (loaded: typeof OtherRooms) => void = () => {};
    const page = await joined(
      undefined,
      newTab(() => new Promise((resolve) => (come = resolve))),
    );
    page.socket.disconnected();
    come(OtherRooms);
    await settle();
    page.connect();
    await settle();
    expect(wire.open).toEqual(['join']);
  });

  test('S8: what waits in one is sent by it alone from when it is opened', async () => {
    new Whereabouts(texts).cameIn(owner);
    const clientId = 'c-cake' as ClientId;
    await storage.update(owner, (items) => added(items, { kind: 'message', text: 'for cake' }, { clientId, since: 1 }));
    const page = await joined();
    wire.take('rooms').answer({ ok: true, rooms: [tea, listedCake] });
    await settle();
    wire.take('join');
    page.tab.show(cake, address(cake));
    await settle();
    expect(page.tab.shown.room.pending).toMatchObject([{ text: 'for cake' }]);
    enterCake();
    await settle();
    expect(wire.take('message').request).toMatchObject({ items: [{ clientId }] });
    expect(wire.open).toEqual([]);
  });
});

describe('the list of rooms', () => {
  test('T5: says what is new in rooms that are not open, the latest first', async () => {
    const page = await joined();
    page.socket.signal({ room: cake, kind: 'room', messages: 2, mentioned: true });
    expect(listOf(page)).toEqual(['cake 2!', 'tea 0']);
    page.socket.signal({ room: cake, kind: 'room', messages: 200, mentioned: false });
    expect(listOf(page)).toEqual(['cake 100!', 'tea 0']);
  });

  test('T4, L12: counts by their entries in rooms that are open, until they are read or answered', async () => {
    const page = await joined();
    page.tab.show(cake, address(cake));
    enterCake();
    await settle();
    for (const seq of [2, 3]) page.socket.entry({ ...message(seq), by: ben, mentions: seq === 3 ? [me] : [] });
    expect(listOf(page)).toEqual(['tea 2!', 'cake 0']);
    page.socket.signal({ room, kind: 'read', seq: 2 });
    expect(listOf(page)).toEqual(['tea 1!', 'cake 0']);
    page.socket.entry(message(4));
    expect(listOf(page)).toEqual(['tea 0', 'cake 0']);
  });

  test('T4: is asked for again where only the server knows what is left, at most every 2 s', async () => {
    const page = await joined([tea, { ...listedCake, head: 9, unread: 3 }]);
    page.socket.signal({ room: cake, kind: 'read', seq: 8 });
    expect(wire.open).toEqual([]);
    await clock.advance(2_000);
    wire.take('rooms').answer({ ok: true, rooms: [tea, { ...listedCake, head: 9, unread: 1 }] });
    await settle();
    expect(listOf(page)).toEqual(['tea 0', 'cake 1']);
    page.socket.signal({ room: cake, kind: 'read', seq: 9 });
    expect(listOf(page)).toEqual(['tea 0', 'cake 0']);
  });

  test('D1: is asked for again when there is a conversation that it does not know', async () => {
    const page = await joined();
    page.socket.signal({ room: '~talk' as Address, kind: 'room', messages: 0, mentioned: false });
    await clock.advance(2_000);
    const talk = { ...tea, room: '~talk' as Address, title: 'Ada and Ben', direct: ben };
    wire.take('rooms').answer({ ok: true, rooms: [talk, tea, listedCake] });
    await settle();
    expect(page.tab.shown.rooms.rooms[0]).toMatchObject({ room: '~talk', direct: ben });
  });

  test('what comes while it is asked for counts once, whether the answer knows of it or not', async () => {
    const page = newTab();
    page.tab.open();
    await settle();
    page.connect();
    wire.take('join').answer(joinReply(1, [message(1)], true));
    await settle();
    for (const seq of [2, 3]) page.socket.entry({ ...message(seq), by: ben });
    wire.take('rooms').answer({ ok: true, rooms: [{ ...tea, head: 2, unread: 1 }, listedCake] });
    await settle();
    expect(listOf(page)).toEqual(['tea 2', 'cake 0']);
  });

  test('L17: tells what an open room is called by now', async () => {
    const page = await joined();
    const { text: _text, ...stamp } = message(2);
    page.socket.entry({ ...stamp, kind: 'title', title: 'High tea' });
    expect(page.tab.shown.rooms.rooms[0]).toMatchObject({ title: 'High tea' });
  });
});
