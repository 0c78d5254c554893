import { describe, expect, it } from 'vitest';
import type { EntryId, MemberId } from '../../protocol/ids.ts';
import { MAX_HELD_ENTRIES } from '../../protocol/limits.ts';
import { refused } from '../../protocol/refusals.ts';
import { settle } from './hand-clock.ts';
import { room, me, message, deletion, range, reply, joinReply, historyReply, open, entered } from './hand-link.ts';

describe('joining', () => {
  it('C1: entries that arrive before the answer are applied after it, and settle the outbox at once', async () => {
    const { link, wire, told, seen, seqs } = open();
    link.connected();
    link.received(message(3));
    expect(seqs()).toEqual([]);
    expect(seen).toEqual([3]);
    const join = wire.take('join');
    expect(join.request).toEqual({ room, as: me.id });
    join.answer(joinReply(2, range(1, 2), true));
    await settle();
    expect(seqs()).toEqual([1, 2, 3]);
    expect(seen).toEqual([3, 1, 2]);
    expect({ told, open: wire.open, status: link.status }).toEqual({ told: ['joined'], open: [], status: 'joined' });
  });

  it('C2: on every new connection it joins with the last entry it has, and gets what came since', async () => {
    const { link, wire, seqs } = await entered(message(1), message(2));
    link.disconnected();
    link.received(message(3));
    expect(seqs()).toEqual([1, 2]);
    link.connected();
    const join = wire.take('join');
    expect(join.request).toEqual({ room, as: me.id, after: [2, 'e2'] });
    join.answer(joinReply(4, range(3, 4)));
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  it('C4: a room that was joined empty is asked for from before its first entry', async () => {
    const { link, wire } = await entered();
    link.connected();
    expect(wire.take('join').request).toMatchObject({ after: [0, ''] });
  });

  it('R7: a reply that was cut short is followed by catch-ups until the head is reached', async () => {
    const { link, wire, seqs } = await entered(message(1));
    link.connected();
    wire.take('join').answer(joinReply(5, range(2, 3)));
    await settle();
    const catchUp = wire.take('catchUp');
    expect(catchUp.request).toEqual({ room, after: 3, id: 'e3' });
    catchUp.answer(reply(5, [message(4)]));
    await settle();
    wire.take('catchUp').answer(reply(5, [message(5)]));
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    expect(wire.open).toEqual([]);
  });

  it('an answer of an earlier connection is nothing', async () => {
    const { link, wire, seqs } = open();
    link.connected();
    const old = wire.take('join');
    link.disconnected();
    link.connected();
    old.answer(joinReply(9, [message(9)], true));
    await settle();
    expect(link.status).toBe('joining');
    expect(seqs()).toEqual([]);
  });

  it('R3: a refusal that says again is followed by another join after a pause, one at a time', async () => {
    const { link, wire, clock } = open();
    link.connected();
    wire.take('join').answer(refused('unavailable', 3_000));
    await clock.advance(2_999);
    expect(wire.open).toEqual([]);
    await clock.advance(251);
    wire.take('join').answer(refused('busy'));
    await clock.advance(10_000);
    expect(wire.open).toEqual(['join']);
  });

  it('a refusal for good ends it until it is told to join again, also over new connections', async () => {
    for (const code of ['notMember', 'signInAgain'] as const) {
      const { link, wire, clock, told } = open();
      link.connected();
      wire.take('join').answer(refused(code));
      await clock.advance(60_000);
      link.disconnected();
      link.connected();
      expect({ told, open: wire.open, status: link.status }).toEqual({
        told: [`ended ${code}`],
        open: [],
        status: 'ended',
      });
      link.joinAgain();
      expect(wire.open).toEqual(['join']);
    }
  });

  it('H3: a tab whose member is gone does not become another member of its session', async () => {
    const { link, wire, told } = await entered(message(1));
    link.disconnected();
    link.connected();
    const other = { ...me, id: 'm-dora' as MemberId, name: 'Dora' };
    wire.take('join').answer({ ...joinReply(1, []), me: other });
    await settle();
    expect(told).toEqual(['joined', 'ended notMember']);
    expect(link.state.me).toEqual(me);
  });

  it('S7: a join that is not answered asks for a new connection, once', async () => {
    const { link, wire, clock, told } = open();
    link.connected();
    wire.take('join').answer(undefined);
    await clock.advance(60_000);
    link.wake();
    link.joinAgain();
    expect({ told, open: wire.open }).toEqual({ told: ['silent'], open: [] });
    link.disconnected();
    link.connected();
    expect(wire.open).toEqual(['join']);
  });
});

describe('gaps', () => {
  it('C5: a gap is asked for by exactly one catch-up, whatever arrives meanwhile', async () => {
    const { link, wire, seqs } = await entered(message(1));
    for (const seq of [4, 3, 6, 4]) link.received(message(seq));
    expect(seqs()).toEqual([1]);
    expect(wire.open).toEqual(['catchUp']);
    wire.take('catchUp').answer(reply(4, range(2, 4)));
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
    wire.take('catchUp').answer(reply(6, range(5, 6)));
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(wire.open).toEqual([]);
  });

  it('C5: what was dropped beyond 200 is asked for all the same', async () => {
    const { link, wire, seqs } = await entered(message(1));
    const head = 3 + 2 * MAX_HELD_ENTRIES;
    for (let seq = 3; seq <= head; seq += 1) link.received(message(seq));
    wire.take('catchUp').answer(reply(head, [message(2)]));
    await settle();
    expect(wire.take('catchUp').request).toMatchObject({ after: 2 });
    expect(seqs()).toEqual([1, 2]);
  });

  it('an answer that leads nowhere is asked for again after a pause, not at once', async () => {
    const { link, wire, clock } = await entered(message(1));
    link.received(message(9));
    wire.take('catchUp').answer(reply(9, []));
    await settle();
    link.wake();
    link.received(message(10));
    expect(wire.open).toEqual([]);
    await clock.advance(250);
    expect(wire.open).toEqual(['catchUp']);
  });

  it('while catching up is refused, live entries go on', async () => {
    const { link, wire, clock, seqs } = await entered(message(1));
    link.wake();
    wire.take('catchUp').answer(refused('unavailable'));
    await settle();
    link.received(message(2));
    expect(seqs()).toEqual([1, 2]);
    await clock.advance(10_000);
    expect(wire.take('catchUp').request).toMatchObject({ after: 2 });
  });

  it('waking up asks once from the last entry, and a connection that does not answer is given up', async () => {
    const { link, wire, told } = await entered(message(1));
    link.wake();
    link.wake();
    expect(wire.open).toEqual(['catchUp']);
    wire.take('catchUp').answer(undefined);
    await settle();
    expect(told).toEqual(['joined', 'silent']);
    expect(link.status).toBe('silent');
  });

  it('C4: a catch-up that starts over joins again, for nobody knows who came and went', async () => {
    const { link, wire, seqs } = await entered(...range(1, 3));
    link.received(message(9, 'of the old history'));
    wire.take('catchUp').answer(reply(2, [message(1, 'new')], true));
    await settle();
    expect(seqs()).toEqual([1]);
    link.received(message(3, 'new'));
    wire.take('join').answer(joinReply(2, []));
    await settle();
    expect(link.state.lines.map((line) => line.kind === 'message' && line.text)).toEqual(['new', 'new']);
    expect(wire.open).toEqual([]);
  });

  it('C4: an answer that ends before what was heard says that the store went back: it starts from nothing', async () => {
    const { link, wire, seqs } = await entered(...range(1, 3));
    link.received(message(9, 'of the old history'));
    wire.take('catchUp').answer(reply(4, [message(4)]));
    await settle();
    expect(wire.take('join').request).toEqual({ room, as: me.id });
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  it('C4: rows read ahead of the log that then becomes another one are not kept', async () => {
    const { link, wire, clock, told } = await entered(message(1));
    link.connected();
    wire.take('join').answer(joinReply(3, [{ ...message(2), text: 'of the old history', rev: 3 }]));
    await settle();
    wire.take('catchUp');
    link.disconnected();
    link.connected();
    const join = wire.take('join');
    expect(join.request).toMatchObject({ after: [2, 'e2'] });
    join.answer({ ...joinReply(3, [{ ...message(3), id: 'another' as EntryId }]), headId: 'another' as EntryId });
    await settle();
    expect(told).toEqual(['joined', 'joined']);
    await clock.advance(250);
    const anew = wire.take('join');
    expect(anew.request).toEqual({ room, as: me.id });
    anew.answer(joinReply(3, [{ ...message(2), text: 'new' }], true));
    await settle();
    expect(link.state).toMatchObject({ isStale: false, lines: [{ seq: 2, text: 'new' }] });
  });

  it('when the server has lost track of the connection, one join decides', async () => {
    const { link, wire, clock, told } = await entered(message(1));
    link.wake();
    wire.take('catchUp').answer(refused('notMember'));
    await clock.advance(250);
    wire.take('join').answer(refused('notMember'));
    await settle();
    expect(told).toEqual(['joined', 'ended notMember']);
  });
});

describe('history', () => {
  it('C6: a deletion that arrives while history is on its way is in the rows it brings', async () => {
    const { link, wire } = await entered(message(5));
    const loading = link.loadOlder();
    expect(await link.loadOlder()).toEqual({ kind: 'needless' });
    link.received(deletion(6, 2));
    const history = wire.take('history');
    expect(history.request).toEqual({ room, before: 5 });
    history.answer(historyReply(5, range(1, 2), true));
    expect(await loading).toEqual({ kind: 'loaded' });
    expect(link.state.lines).toMatchObject([{ seq: 1 }, { seq: 2, text: '', deleted: true, rev: 6 }, { seq: 5 }]);
    expect(await link.loadOlder()).toEqual({ kind: 'needless' });
  });

  it('C8: rows asked for before the room started over are not put into the new timeline', async () => {
    const { link, wire, seqs } = await entered(...range(5, 6));
    const loading = link.loadOlder();
    const history = wire.take('history');
    link.disconnected();
    link.connected();
    wire.take('join').answer(joinReply(700, [message(700)], true));
    await settle();
    history.answer(historyReply(6, range(1, 4)));
    expect(await loading).toEqual({ kind: 'lost' });
    expect(seqs()).toEqual([700]);
    expect(link.state.asking).toBe(0);
  });

  it('a refusal is told, and the question may be asked again', async () => {
    const { link, wire } = await entered(message(5));
    const loading = link.loadOlder();
    wire.take('history').answer(refused('unavailable'));
    expect(await loading).toMatchObject({ kind: 'refused', refusal: { code: 'unavailable' } });
    void link.loadOlder();
    expect(wire.open).toEqual(['history']);
  });
});
