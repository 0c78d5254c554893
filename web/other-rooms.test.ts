import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Address, ClientId, EntryId, MemberId } from '../protocol/ids.ts';
import { refused } from '../protocol/refusals.ts';
import type { Granted, RequestOf } from '../protocol/requests.ts';
import { HandAsk } from './connection/hand-ask.ts';
import { HandClock, settle } from './connection/hand-clock.ts';
import { joinReply, message } from './connection/hand-link.ts';
import { HandLocks, HandTabLife } from './connection/hand-locks.ts';
import { Handover } from './connection/handover.ts';
import { MemoryTexts } from './connection/memory-texts.ts';
import type { Owner } from './connection/outbox-item.ts';
import { added, refusedForGood } from './connection/outbox-queue.ts';
import { MemoryOutboxStorage } from './connection/outbox-storage.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { OtherRooms } from './other-rooms.ts';

const HERE = 'cake' as Address;
const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const lin: Owner = { room: ada.room, member: 'm-lin' as MemberId, name: 'Lin' };
const id = '00000000-0000-4000-8000-000000000001' as ClientId;

let wire: HandAsk;
let clock: HandClock;
let storage: MemoryOutboxStorage;
let texts: MemoryTexts;
let locks: HandLocks;
let told: string[];
const open: OtherRooms[] = [];

beforeEach(() => {
  [wire, clock, storage, texts] = [new HandAsk(), new HandClock(), new MemoryOutboxStorage(), new MemoryTexts()];
  [locks, told] = [new HandLocks(), []];
});
// A page that is left is one that is gone: nothing of it may reach the next test.
afterEach(() => {
  for (const rooms of open.splice(0)) rooms.hidden();
});

/** Of a page that shows the room HERE. */
function newPage(): OtherRooms {
  const rooms = new OtherRooms({
    isOpen: (room) => room === HERE,
    ask: wire.ask,
    clock,
    random: () => 0.5,
    newClientId: () => id,
    storage,
    texts,
    locks: locks.of(new HandTabLife()),
    events: { renew: () => told.push('renew') },
  });
  open.push(rooms);
  return rooms;
}

/** It was written when nothing could be sent, and the page is another one by now. */
async function leftBehind(owner: Owner = ada, text = 'for tea'): Promise<void> {
  new Whereabouts(texts).cameIn(owner);
  await storage.update(owner, (items) => added(items, { kind: 'message', text }, { clientId: id, since: 1 }));
}

async function connectedPage(...own: Address[]): Promise<OtherRooms> {
  const rooms = newPage();
  rooms.connected();
  await settle();
  if (wire.open[0] === 'rooms') wire.take('rooms').answer(roomsReply(...own));
  await settle();
  return rooms;
}

function roomsReply(...own: Address[]): Granted<'rooms'> {
  return {
    ok: true,
    rooms: own.map((room) => ({ room, topic: '', title: room, head: 1, unread: 0, mentioned: false })),
  };
}

async function joinAs({ member, name }: Owner): Promise<void> {
  wire.take('join').answer({ ...joinReply(0, [], true), me: { id: member, name, role: 'member' } });
  await settle();
}

async function store(): Promise<RequestOf<'message'>> {
  const { request, answer } = wire.take('message');
  answer({ ok: true, results: [{ clientId: id, seq: 1, id: 'e1' as EntryId, at: 1, duplicate: false }] });
  await settle();
  return request;
}

describe('what waits for a room that is not on screen', () => {
  test('S8: goes there, as whom it was written, over the connection that there is', async () => {
    await leftBehind();
    await connectedPage(HERE, ada.room);
    const { request } = wire.take('join');
    expect(request).toMatchObject({ room: ada.room, as: ada.member });
  });

  test('S8: is sent once, under its id, and then nothing more is done there', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE, ada.room);
    await joinAs(ada);
    expect(await store()).toEqual({ room: ada.room, items: [{ clientId: id, text: 'for tea' }] });
    expect(await storage.queues()).toEqual([]);
    rooms.disconnected();
    rooms.connected();
    await settle();
    expect(wire.open).toEqual([]);
  });

  test('S8: is sent as well when its page went before it was on the disk', async () => {
    new Whereabouts(texts).cameIn(ada);
    new Handover(texts, ada).give({ clientId: id, since: 1, text: 'in the last moment' });
    await connectedPage(HERE, ada.room);
    await joinAs(ada);
    expect(await store()).toMatchObject({ items: [{ text: 'in the last moment' }] });
    expect(new Handover(texts, ada).left()).toEqual([]);
  });

  test('S7: is sent again over the next connection', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE, ada.room);
    await joinAs(ada);
    wire.take('message').answer(undefined);
    await settle();
    expect(told).toEqual(['renew']);
    rooms.disconnected();
    rooms.connected();
    await settle();
    await joinAs(ada);
    await store();
    expect(await storage.queues()).toEqual([]);
  });

  test('S5: is settled by its entry', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE, ada.room);
    await joinAs(ada);
    rooms.received({ ...message(1), clientId: id });
    await settle();
    expect(await storage.queues()).toEqual([]);
  });

  test('of another member in the same room goes after it', async () => {
    await leftBehind(ada);
    await leftBehind(lin, 'for tea as well');
    await connectedPage(HERE, ada.room);
    await joinAs(ada);
    await store();
    wire.take('rooms').answer(roomsReply(HERE, ada.room));
    await settle();
    expect(wire.take('join').request).toMatchObject({ as: lin.member });
  });

  test('is nobody’s business where it was refused, or where it is the room on screen', async () => {
    await leftBehind();
    await leftBehind({ ...ada, room: HERE });
    await storage.update(ada, (items) => refusedForGood(items, id, { code: 'tooLong', message: 'too long' }));
    await connectedPage(HERE, ada.room);
    expect(wire.open).toEqual([]);
  });
});

describe('who is in a room that is not on screen', () => {
  test('S8: a member that left stays out', async () => {
    await leftBehind();
    new Whereabouts(texts).left(ada);
    await connectedPage(HERE, ada.room);
    expect(wire.open).toEqual([]);
  });

  test('S8: a member that leaves in another tab meanwhile stays out, and nothing of it is lost', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE, ada.room);
    await joinAs(ada);
    wire.take('message').answer(refused('notMember'));
    rooms.heard({ room: ada.room, kind: 'left' });
    await settle();
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    rooms.disconnected();
    rooms.connected();
    await clock.advance(60_000);
    expect(wire.open).toEqual([]);
    expect(new Whereabouts(texts).all).toEqual([]);
    expect(await storage.queues()).toMatchObject([{ items: [{ clientId: id }] }]);
  });

  test('S8: a member that left in another tab while there was no connection stays out', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE, ada.room);
    await joinAs(ada);
    wire.take('message').answer(undefined);
    await settle();
    rooms.disconnected();
    new Whereabouts(texts).left(ada);
    rooms.connected();
    await settle();
    expect(wire.open).toEqual([]);
  });

  test('nobody comes in where the session has no member any more', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE);
    rooms.seen();
    await settle();
    expect(wire.open).toEqual([]);
    expect(new Whereabouts(texts).all).toEqual([]);
  });

  test('whoever the server takes in instead goes again, and sends nothing', async () => {
    await leftBehind();
    const rooms = await connectedPage(HERE, ada.room);
    await joinAs(lin);
    expect(told).toEqual(['renew']);
    rooms.disconnected();
    rooms.connected();
    await settle();
    expect(wire.open).toEqual([]);
  });

  test('S6: it is the tab whose turn it is, and no other', async () => {
    await leftBehind();
    await connectedPage(HERE, ada.room);
    wire.take('join');
    const [first] = open;
    const second = await connectedPage(HERE, ada.room);
    second.disconnected();
    second.connected();
    await settle();
    expect(wire.open).toEqual([]);
    first?.hidden();
    await settle();
    expect(wire.take('join').request).toMatchObject({ as: ada.member });
    second.hidden();
  });

  test('without a connection nobody is asked, and with one whoever looks again asks', async () => {
    const rooms = await connectedPage(HERE);
    await leftBehind();
    rooms.disconnected();
    rooms.seen();
    await settle();
    expect(wire.open).toEqual([]);
    rooms.connected();
    await settle();
    wire.take('rooms').answer(undefined);
    await settle();
    rooms.seen();
    await settle();
    expect(wire.open).toEqual(['rooms']);
  });
});
