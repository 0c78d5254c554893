import { describe, expect, it } from 'vitest';
import type { Address } from '../protocol/ids.ts';
import { refused } from '../protocol/refusals.ts';
import { settle } from './connection/hand-clock.ts';
import { historyReply, joinReply, me, message, open, range, room } from './connection/hand-link.ts';
import { ReadingDesk } from './reading-desk.ts';

const others = (from: number, to: number) =>
  range(from, to).map((one) => ({ ...one, by: { ...me, id: 'm-linus' as typeof me.id, name: 'Linus' } }));
const read = (seq: number) => ({ room, kind: 'read', seq }) as const;

/** Lines 51 to 100 are of somebody else; `firstUnread` is what the server says. */
async function enter(firstUnread: number | undefined, address = 'https://snug.example/tea') {
  const { link, wire, clock } = open();
  const { ask } = wire;
  const desk = new ReadingDesk({ link: () => link, ask, clock, address: new URL(address), changed: () => {} });
  link.connected();
  wire.take('join').answer({ ...joinReply(100, others(51, 100), true), ...(firstUnread && { firstUnread }) });
  await settle();
  desk.joined(me.id);
  return { link, wire, clock, desk };
}

describe('the divider of the unread', () => {
  it('point 12: says how many they are and since when', async () => {
    const { desk } = await enter(91);
    expect(desk.reading.unread).toEqual({ from: 91, count: 10, since: 91 });
    expect((await enter(undefined)).desk.reading.unread).toBeUndefined();
  });

  it('point 12: also where the first of them is not in memory: the server knows', async () => {
    const { desk, wire } = await enter(21);
    const first = wire.take('messages');
    expect(first.request).toEqual({ room, seqs: [21] });
    first.answer({ ok: true, room, head: 100, headId: '' as never, entries: others(21, 21) });
    const summary = { room, title: 'Tea', topic: '', head: 100, unread: 80, mentioned: false };
    wire.take('rooms').answer({ ok: true, rooms: [summary] });
    await settle();
    expect(desk.reading.unread).toEqual({ from: 21, count: 80, since: 21 });
  });

  it('T6, point 12: stays while one reads, in this tab and after it has told the server', async () => {
    const { desk, link, wire, clock } = await enter(91);
    desk.looked({ from: 80, to: 100 });
    await clock.advance(500);
    expect(wire.take('read').request).toEqual({ room, seq: 100 });
    desk.heard(read(100));
    expect([link.state.firstUnread, desk.reading.unread?.from]).toEqual([91, 91]);
  });

  it('T6, point 12: goes when one sends, and when one marks all as read', async () => {
    const sending = await enter(91);
    sending.desk.sent();
    expect([sending.link.state.firstUnread, sending.desk.reading.unread]).toEqual([undefined, undefined]);
    const marking = await enter(91);
    marking.desk.markRead();
    expect(marking.wire.take('read').request).toEqual({ room, seq: 100 });
    expect([marking.link.state.firstUnread, marking.desk.reading.unread]).toEqual([undefined, undefined]);
  });

  it('T4, T6: goes along with what is read on another device', async () => {
    const { desk, link, wire, clock } = await enter(91);
    desk.heard(read(95));
    expect([link.state.firstUnread, desk.reading.unread?.count]).toEqual([96, 5]);
    desk.heard(read(100));
    expect([link.state.firstUnread, desk.reading.unread]).toEqual([undefined, undefined]);
    // It need not be told once more.
    desk.looked({ from: 80, to: 100 });
    await clock.advance(5_000);
    expect(wire.open).toEqual([]);
  });

  it('T4: none comes of reading on, nor of what is said of another room', async () => {
    const { desk, link } = await enter(undefined);
    for (const entry of others(101, 110)) link.received(entry);
    desk.heard(read(105));
    desk.heard({ ...read(60), room: 'coffee' as Address });
    expect(link.state.firstUnread).toBeUndefined();
  });

  it('T6, L12: comes before what is marked as unread anywhere, and is not read by going on looking at it', async () => {
    const { desk, link, wire, clock } = await enter(undefined);
    desk.looked({ from: 80, to: 100 });
    await clock.advance(500);
    wire.take('read').answer({ ok: true });
    desk.heard(read(100));
    desk.heard(read(89));
    expect([link.state.firstUnread, desk.reading.unread?.count]).toEqual([90, 11]);
    desk.looked({ from: 79, to: 99 });
    await clock.advance(5_000);
    expect(wire.open).toEqual([]);
    desk.looked(undefined);
    desk.looked({ from: 80, to: 100 });
    await clock.advance(500);
    expect(wire.take('read').request).toEqual({ room, seq: 100 });
  });

  it('L12: what nobody looks at when it is marked is read as ever by whoever looks then', async () => {
    const { desk, wire, clock } = await enter(undefined);
    desk.heard(read(89));
    desk.looked({ from: 80, to: 100 });
    await clock.advance(500);
    expect(wire.take('read').request).toEqual({ room, seq: 100 });
  });

  it('L12: whoever has written has read so far: a mark before that goes back', async () => {
    const { desk, link } = await enter(undefined);
    for (const entry of [message(101), ...others(102, 103)]) link.received(entry);
    desk.heard(read(99));
    expect(link.state.firstUnread).toBe(100);
  });
});

describe('coming back to a room that this tab has been in all the while', () => {
  it('point 12: the divider is placed anew, before what came meanwhile', async () => {
    const { desk, link } = await enter(91);
    desk.heard(read(100));
    desk.wentAway();
    for (const entry of others(101, 103)) link.received(entry);
    expect(desk.reading.unread).toBeUndefined();
    desk.seen();
    expect(desk.reading.unread).toEqual({ from: 101, count: 3, since: 101 });
  });

  it('point 12: where nothing came there is none, and one that is there stays', async () => {
    const { desk, link } = await enter(91);
    desk.seen();
    expect(link.state.firstUnread).toBe(91);
    desk.heard(read(100));
    desk.wentAway();
    desk.seen();
    expect([link.state.firstUnread, desk.reading.unread]).toEqual([undefined, undefined]);
  });

  it('point 12: what one has written oneself, or read elsewhere, is not unread', async () => {
    const { desk, link } = await enter(undefined);
    desk.wentAway();
    for (const entry of [...others(101, 102), message(103), ...others(104, 105)]) link.received(entry);
    desk.heard(read(104));
    desk.seen();
    expect(link.state.firstUnread).toBe(105);
  });
});

describe('where to read', () => {
  it('C13, point 20: ?at= leads to its message, once', async () => {
    const { desk, link, wire } = await enter(undefined, 'https://snug.example/tea?at=30');
    wire.take('history').answer({ ...historyReply(100, others(25, 35)), anchor: 30 });
    await settle();
    expect(link.state.goal).toEqual({ seq: 30 });
    desk.joined(me.id);
    expect(wire.open).toEqual([]);
  });

  it('point 20: what is no seq leads nowhere', async () => {
    for (const at of ['', '0', '-3', '1e3', 'x', '9'.repeat(16)])
      expect((await enter(undefined, `https://snug.example/tea?at=${at}`)).wire.open).toEqual([]);
  });

  it('point 20: one is led there once, however often the room is shown', async () => {
    const { desk, link } = await enter(undefined);
    desk.showAround(60);
    const first = link.state.goal;
    desk.showAround(60);
    if (first !== undefined) desk.landed(first);
    expect(link.state.goal).toEqual({ seq: 60 });
    if (link.state.goal !== undefined) desk.landed(link.state.goal);
    expect(link.state.goal).toBeUndefined();
  });

  it('a day is asked for by when it begins', async () => {
    const { desk, wire } = await enter(undefined);
    desk.showDate(1_000);
    expect(wire.take('history').request).toEqual({ room, date: 1_000 });
  });

  it('says why one was not led there, each time', async () => {
    const { desk, wire } = await enter(undefined);
    desk.showAround(20);
    wire.take('history').answer(refused('unavailable'));
    await settle();
    const first = desk.reading.notLed;
    expect(first).toEqual({ why: 'The server has them, and cannot give them at the moment.' });
    desk.showAround(20);
    wire.take('history').answer(refused('unavailable'));
    await settle();
    expect(desk.reading.notLed).not.toBe(first);
  });
});
