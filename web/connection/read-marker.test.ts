import { describe, expect, it } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import { HandAsk } from './hand-ask.ts';
import { HandClock, settle } from './hand-clock.ts';
import { ReadMarker } from './read-marker.ts';

const room = 'tea' as Address;
const ada = 'm-ada' as MemberId;

function open() {
  const wire = new HandAsk();
  const clock = new HandClock();
  const marker = new ReadMarker({ ask: wire.ask, clock });
  marker.joined(room, ada, 100);
  const told = (): number => wire.take('read').request.seq;
  return { wire, clock, marker, told };
}

describe('reading', () => {
  it('point 13: what was in view for 500 ms has been read, and not a moment sooner', async () => {
    const { wire, clock, marker } = open();
    marker.looked({ from: 40, to: 60 });
    await clock.advance(499);
    expect(wire.open).toEqual([]);
    await clock.advance(1);
    expect(wire.take('read').request).toEqual({ room, seq: 60 });
  });

  it('point 13: what nobody looked at all the while has not been read', async () => {
    const { wire, clock, marker } = open();
    marker.looked({ from: 40, to: 60 });
    await clock.advance(400);
    marker.looked(undefined);
    await clock.advance(5_000);
    marker.looked({ from: 40, to: 60 });
    await clock.advance(499);
    expect(wire.open).toEqual([]);
    await clock.advance(1);
    expect(wire.open).toEqual(['read']);
  });

  it('point 13: of lines that fly past, those count that stayed', async () => {
    const { wire, clock, marker, told } = open();
    marker.looked({ from: 1, to: 20 });
    for (let at = 1; at <= 4; at += 1) {
      await clock.advance(100);
      marker.looked({ from: 1 + 10 * at, to: 20 + 10 * at });
    }
    // Line 20 was gone after 200 ms, and line 60 has been there for 100.
    await clock.advance(100);
    marker.looked({ from: 45, to: 64 });
    expect(wire.open).toEqual([]);
    await clock.advance(400);
    marker.looked(undefined);
    expect(told()).toBe(60);
  });

  it('point 13: whoever follows a slow talk reads each line as it stays', async () => {
    const { wire, clock, marker, told } = open();
    const seen: number[] = [];
    for (let to = 20; to <= 40; to += 1) {
      marker.looked({ from: to - 15, to });
      await clock.advance(300);
      if (wire.open.length > 0) seen.push(told());
    }
    expect(seen).toEqual([20, 23, 26, 29, 33, 36]);
  });
});

describe('telling', () => {
  it('point 13: the server is told at most once a second, and of the newest', async () => {
    const { wire, clock, marker } = open();
    marker.looked({ from: 1, to: 10 });
    await clock.advance(500);
    wire.take('read').answer({ ok: true });
    marker.looked({ from: 5, to: 15 });
    await clock.advance(999);
    expect(wire.open).toEqual([]);
    await clock.advance(1);
    wire.take('read').answer({ ok: true });
    await clock.advance(60_000);
    expect(wire.open).toEqual([]);
  });

  it('point 13: what was not answered, or refused for a while, is told again', async () => {
    const { wire, clock, marker, told } = open();
    marker.looked({ from: 1, to: 10 });
    await clock.advance(500);
    wire.take('read').answer(refused('unavailable'));
    await settle();
    await clock.advance(1_000);
    wire.take('read').answer(undefined);
    await settle();
    marker.disconnected();
    await clock.advance(60_000);
    expect(wire.open).toEqual([]);
    marker.joined(room, ada, 100);
    expect(told()).toBe(10);
  });

  it('point 13: it never goes back, and begins anew for another member or after the log went back', async () => {
    const { wire, clock, marker, told } = open();
    marker.looked({ from: 1, to: 50 });
    await clock.advance(500);
    wire.take('read').answer({ ok: true });
    await settle();
    marker.looked({ from: 1, to: 20 });
    await clock.advance(5_000);
    marker.joined(room, ada, 100);
    expect(wire.open).toEqual([]);
    marker.joined(room, ada, 30);
    expect(told()).toBe(20);
    await clock.advance(5_000);
    marker.joined(room, 'm-eve' as MemberId, 100);
    expect(told()).toBe(20);
  });

  it('whoever is not in the room asks no more until they are', async () => {
    const { wire, clock, marker } = open();
    marker.looked({ from: 1, to: 10 });
    await clock.advance(500);
    wire.take('read').answer(refused('notMember'));
    await settle();
    await clock.advance(60_000);
    expect(wire.open).toEqual([]);
  });
});
