import { describe, expect, it } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import { MAX_LINES } from '../state/timeline.ts';
import { settle } from './hand-clock.ts';
import { entered, joinReply, message, notice, range, reply, room } from './hand-link.ts';

describe('leaving and memory', () => {
  it('P3: leaving is answered, and nothing brings the room back but joining again', async () => {
    const { link, wire, seqs } = await entered(message(1));
    const leaving = link.leave();
    wire.take('leave').answer({ ok: true });
    expect(await leaving).toBe(true);
    link.received(message(2));
    link.disconnected();
    link.connected();
    expect({ seqs: seqs(), open: wire.open }).toEqual({ seqs: [1], open: [] });
  });

  it('P3: whoever left in another tab has left in this one, and is asked before coming in again', async () => {
    const { link, wire, told } = await entered(message(1));
    link.received(notice(2, 'disconnect'));
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect({ status: link.status, ended: told.at(-1), open: wire.open }).toEqual({
      status: 'ended',
      ended: 'ended notMember',
      open: [],
    });
  });

  it('P3: a notice that comes after the server has said no still means that one has left', async () => {
    const { link, wire, clock, told } = await entered(message(1));
    link.notJoined();
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    link.received(notice(2, 'disconnect'));
    await clock.advance(10_000);
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect([link.status, told.at(-1), wire.open]).toEqual(['ended', 'ended notMember', []]);
  });

  it('P3: a notice that comes while it catches up is looked into after that', async () => {
    const { link, wire } = await entered(message(1));
    link.wake();
    link.received(notice(2, 'disconnect'));
    wire.take('catchUp').answer(reply(2, [notice(2, 'disconnect')]));
    await settle();
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect(link.status).toBe('ended');
  });

  it('a member whose message was not taken, and who is in the room all the same, joins again', async () => {
    const { link, wire, told } = await entered(message(1));
    link.notJoined();
    wire.take('catchUp').answer(reply(1, []));
    await settle();
    wire.take('join').answer(joinReply(1, []));
    await settle();
    expect([link.status, told]).toEqual(['joined', ['joined', 'joined']]);
  });

  it('P4: a member that a server took for dead is still in the room, and stays', async () => {
    const { link, wire } = await entered(message(1));
    for (const entry of [notice(2, 'disconnect'), notice(3, 'connect')]) link.received(entry);
    wire.take('catchUp').answer(reply(3, []));
    await settle();
    link.wake();
    wire.take('catchUp').answer(refused('notMember'));
    expect(link.status).toBe('joined');
  });

  it('what one reads stays in memory, whatever comes, and what came meanwhile is loaded on the way back', async () => {
    const { link, wire, seqs } = await entered(message(1));
    for (const entry of range(2, 100)) link.received(entry);
    link.drawn({ from: 20, to: 90 });
    for (const entry of range(101, 2 * MAX_LINES)) link.received(entry);
    expect([seqs()[0], seqs().at(-1), link.state.atEnd]).toEqual([1, MAX_LINES, false]);
    expect(link.state.last.seq).toBe(2 * MAX_LINES);
    const loading = link.loadNewer();
    const { request, answer } = wire.take('catchUp');
    expect(request).toEqual({ room, after: MAX_LINES, id: `e${MAX_LINES}` });
    answer(reply(2 * MAX_LINES, range(MAX_LINES + 1, MAX_LINES + 500)));
    expect(await loading).toEqual({ kind: 'loaded' });
    expect([seqs().at(-1), link.state.atEnd]).toEqual([MAX_LINES, false]);
  });

  it('a jump to the newest lines leaves behind what is between, and follows from then on', async () => {
    const { link, wire, seqs } = await entered(message(1));
    link.drawn({ from: 1, to: 1 });
    for (const entry of range(2, 2 * MAX_LINES)) link.received(entry);
    const older = link.loadNewer();
    const left = wire.take('catchUp');
    const jump = link.loadNewest();
    const { request, answer } = wire.take('catchUp');
    expect(request).toEqual({ room, after: 2 * MAX_LINES - 50 });
    link.drawn(undefined);
    link.received(message(2 * MAX_LINES + 1));
    answer(reply(2 * MAX_LINES, range(2 * MAX_LINES - 49, 2 * MAX_LINES)));
    left.answer(reply(2 * MAX_LINES, range(MAX_LINES + 1, MAX_LINES + 500)));
    expect([await jump, await older]).toEqual([{ kind: 'loaded' }, { kind: 'overtaken' }]);
    link.received(message(2 * MAX_LINES + 2));
    expect(seqs()).toEqual(range(2 * MAX_LINES - 49, 2 * MAX_LINES + 2).map(({ seq }) => seq));
    expect([link.state.atEnd, link.state.atStart, link.state.asking]).toEqual([true, false, 0]);
  });

  it('point 14: whoever scrolls too fast waits a moment, and is told when it lasts', async () => {
    const { link, wire, clock } = await entered(message(5));
    const loading = link.loadOlder();
    wire.take('history').answer(refused('rateLimited', 1_000));
    await clock.advance(1_300);
    expect(link.state).toMatchObject({ asking: 1, trouble: undefined });
    wire.take('history').answer(refused('rateLimited', 60_000));
    expect(await loading).toMatchObject({ kind: 'refused' });
    expect(link.state.trouble).toBe('The server has them, and cannot give them at the moment.');
    void link.loadOlder();
    expect(wire.open).toEqual(['history']);
  });

  it('point 14: without a connection it is said why nothing comes, until there is one again', async () => {
    const { link, wire } = await entered(message(5));
    link.disconnected();
    expect(await link.loadOlder()).toEqual({ kind: 'lost' });
    expect(link.state.trouble).toBe('There is no connection to the server at the moment.');
    link.connected();
    wire.take('join').answer(joinReply(5, []));
    await settle();
    expect(link.state.trouble).toBeUndefined();
  });

  it('an entry of another room is not taken for one of this', async () => {
    const { link, seqs } = await entered(message(1));
    link.received({ ...message(2), room: 'coffee' as Address });
    expect(seqs()).toEqual([1]);
  });
});
