import { describe, expect, it } from 'vitest';
import type { Entry } from '../../protocol/entries.ts';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import type { Granted } from '../../protocol/requests.ts';
import { settle } from './hand-clock.ts';
import { entered, joinReply, me, message, notice, open, reply, room } from './hand-link.ts';

const ben = { id: 'm-ben' as MemberId, name: 'Ben', role: 'member' as const };

function settings(seq: number, notices: boolean, here: number, by = ben): Entry {
  const { text: _text, clientId: _clientId, ...stamp } = message(seq);
  return { ...stamp, by: { id: by.id, name: by.name }, kind: 'settings', notices, here };
}
const crowdReply = (head: number, count: number): Granted<'join'> => ({
  ...joinReply(head, [message(head)], true),
  count,
  notices: false,
  here: [],
});
const counted = (count: number, of: Address = room) => ({ room: of, kind: 'here', count }) as const;

async function inCrowd(count: number) {
  const tab = open();
  tab.link.connected();
  tab.wire.take('join').answer(crowdReply(1, count));
  await settle();
  return tab;
}

describe('a crowd', () => {
  it('P7: says how many are here, and not who, from the entry on that says so', async () => {
    const { link } = await entered(message(1));
    expect([link.state.crowd, link.state.here]).toEqual([undefined, [me]]);
    link.received(settings(2, false, 201));
    expect([link.state.crowd, link.state.here, link.state.last.seq]).toEqual([201, [], 2]);
    link.heard(counted(222));
    expect(link.state.crowd).toBe(222);
  });

  it('P8: a count of another room, or one that is late, is passed over', async () => {
    const { link, wire } = await inCrowd(300);
    link.heard(counted(5, 'cake' as Address));
    expect(link.state.crowd).toBe(300);
    link.received(settings(2, true, 149));
    wire.take('catchUp').answer(reply(2, []));
    await settle();
    wire.take('join').answer(joinReply(2, []));
    await settle();
    link.heard(counted(150));
    expect([link.state.crowd, link.state.here]).toEqual([undefined, [me]]);
  });

  it('P9: once notices start again the list is asked for anew, and what came meanwhile is added to it', async () => {
    const { link, wire } = await inCrowd(201);
    link.received(settings(2, true, 149));
    expect(link.state.crowd).toBe(149);
    wire.take('catchUp').answer(reply(2, []));
    await settle();
    const join = wire.take('join');
    expect(join.request.after).toEqual([2, 'e2']);
    link.received({ ...notice(3, 'connect'), by: { id: ben.id, name: ben.name } } as Entry);
    join.answer(joinReply(2, []));
    await settle();
    expect([link.state.crowd, link.state.here, link.status]).toEqual([undefined, [me, ben], 'joined']);
    expect(wire.open).toEqual([]);
  });

  it('P9: a list that was read after notices stopped and started again is not asked for once more', async () => {
    const { link, wire } = await entered(message(1));
    link.disconnected();
    link.connected();
    wire.take('join').answer(joinReply(3, [settings(2, false, 201), settings(3, true, 149)]));
    await settle();
    expect([link.state.here, link.state.crowd, wire.open]).toEqual([[me], undefined, []]);
  });

  it('P9: a change that was missed and is caught up with leads to the list as well', async () => {
    const { link, wire } = await inCrowd(201);
    link.wake();
    wire.take('catchUp').answer(reply(2, [settings(2, true, 149)]));
    await settle();
    wire.take('join').answer(joinReply(2, []));
    await settle();
    expect([link.state.here, wire.open]).toEqual([[me], []]);
  });

  it('P10: whoever left in another tab has left in this one, without a notice', async () => {
    const { link, wire, told } = await inCrowd(201);
    link.heard({ room, kind: 'left' });
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect([link.status, told.at(-1), wire.open]).toEqual(['ended', 'ended notMember', []]);
  });

  it('P10: so has the one with whose going notices start again', async () => {
    const { link, wire } = await inCrowd(150);
    link.received(settings(2, true, 149, me));
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect([link.status, wire.open]).toEqual(['ended', []]);
  });

  it('P3: whoever is about to leave asks for no list, which would bring them in again', async () => {
    const { link, wire } = await inCrowd(150);
    const leaving = link.leave();
    link.received(settings(2, true, 149));
    const leave = wire.take('leave');
    wire.take('catchUp').answer(reply(2, []));
    await settle();
    expect(wire.open).toEqual([]);
    leave.answer({ ok: true });
    expect([await leaving, wire.open]).toEqual([true, []]);
  });

  it('P3: whoever could not leave asks for the list then', async () => {
    const { link, wire } = await inCrowd(150);
    const leaving = link.leave();
    link.received(settings(2, true, 149));
    const leave = wire.take('leave');
    wire.take('catchUp').answer(reply(2, []));
    await settle();
    leave.answer(refused('unavailable'));
    expect(await leaving).toBe(false);
    wire.take('join').answer(joinReply(2, []));
    await settle();
    expect([link.status, link.state.here]).toEqual(['joined', [me]]);
  });

  it('W3: an entry of a kind that this page does not know counts, and says nothing', async () => {
    const { link, wire, seqs } = await entered(message(1));
    const { text: _text, ...stamp } = message(2);
    link.received({ ...stamp, kind: 'of a newer server' } as unknown as Entry);
    link.received(message(3));
    expect([link.state.last.seq, seqs(), wire.open]).toEqual([3, [1, 3], []]);
  });
});
