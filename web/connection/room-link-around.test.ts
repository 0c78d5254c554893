import { describe, expect, it } from 'vitest';
import { refused } from '../../protocol/refusals.ts';
import { settle } from './hand-clock.ts';
import { entered, historyReply, joinReply, message, range, reply, room } from './hand-link.ts';
import { whyNot } from './history-outcome.ts';

describe('being led to a message', () => {
  it('point 20: the one in memory is the goal at once, also without a connection', async () => {
    const { link, wire } = await entered(...range(5, 9));
    link.disconnected();
    expect(await link.showAround({ around: 7 })).toEqual({ kind: 'loaded' });
    expect([link.state.goal, wire.open]).toEqual([{ seq: 7 }, []]);
  });

  it('C12: for another one the page around it is asked for, and takes the place of all lines', async () => {
    const { link, wire, seqs } = await entered(...range(500, 509));
    const led = link.showAround({ around: 60 });
    const { request, answer } = wire.take('history');
    expect(request).toEqual({ room, around: 60 });
    answer({ ...historyReply(509, range(58, 62)), anchor: 60 });
    expect(await led).toEqual({ kind: 'loaded' });
    expect([seqs(), link.state.goal, link.state.atEnd]).toEqual([[58, 59, 60, 61, 62], { seq: 60 }, false]);
    void link.loadNewer();
    expect(wire.take('catchUp').request).toEqual({ room, after: 62, id: 'e62' });
  });

  it('C12: a day leads to the first message since it began', async () => {
    const { link, wire } = await entered(...range(500, 509));
    const led = link.showAround({ date: 1_000 });
    const { request, answer } = wire.take('history');
    expect(request).toEqual({ room, date: 1_000 });
    answer({ ...historyReply(509, range(58, 62)), anchor: 61 });
    await led;
    expect(link.state.goal).toEqual({ seq: 61 });
  });

  it('what goes wrong changes nothing that is shown, and can be told in words', async () => {
    const { link, wire, seqs } = await entered(...range(500, 509));
    const led = link.showAround({ around: 60 });
    wire.take('history').answer(refused('unavailable'));
    expect(whyNot(await led)).toBe('The server has them, and cannot give them at the moment.');
    link.disconnected();
    expect(whyNot(await link.showAround({ around: 60 }))).toBe('There is no connection to the server at the moment.');
    expect([seqs(), link.state.trouble]).toEqual([range(500, 509).map(({ seq }) => seq), undefined]);
  });

  it('a room without messages leads nowhere', async () => {
    const { link, wire } = await entered();
    const led = link.showAround({ date: 1_000 });
    wire.take('history').answer({ ...historyReply(0, [], true), headId: '', atEnd: true });
    expect(await led).toEqual({ kind: 'nowhere' });
    expect(whyNot({ kind: 'nowhere' })).toBe('There is no such message in this room.');
  });

  it('of two goals asked for one after the other the later one counts, whichever answer is first', async () => {
    const { link, wire, seqs } = await entered(...range(500, 509));
    const [first, second] = [link.showAround({ around: 60 }), link.showAround({ around: 90 })];
    const early = wire.take('history');
    wire.take('history').answer({ ...historyReply(509, range(88, 92)), anchor: 90 });
    expect(await second).toEqual({ kind: 'loaded' });
    early.answer({ ...historyReply(509, range(58, 62)), anchor: 60 });
    expect(whyNot(await first)).toBeUndefined();
    expect([seqs()[0], link.state.goal]).toEqual([88, { seq: 90 }]);
  });

  it('C8: a page asked for before the room started over is not put into the new timeline', async () => {
    const { link, wire, seqs } = await entered(...range(500, 509));
    const led = link.showAround({ around: 60 });
    const question = wire.take('history');
    link.disconnected();
    link.connected();
    wire.take('join').answer(joinReply(1_700, [message(1_700)], true));
    await settle();
    question.answer({ ...historyReply(509, range(58, 62)), anchor: 60 });
    expect(await led).toEqual({ kind: 'lost' });
    expect([seqs(), link.state.goal]).toEqual([[1_700], undefined]);
  });

  it('C7: what comes while one reads far up is not added there, and the newest lines are led to as ever', async () => {
    const { link, wire, seqs } = await entered(...range(500, 509));
    const led = link.showAround({ around: 60 });
    wire.take('history').answer({ ...historyReply(509, range(58, 62)), anchor: 60 });
    await led;
    link.received(message(510));
    expect(seqs().at(-1)).toBe(62);
    const back = link.loadNewest();
    wire.take('catchUp').answer(reply(510, range(461, 510)));
    expect(await back).toEqual({ kind: 'loaded' });
    expect([seqs().at(-1), link.state.atEnd]).toEqual([510, true]);
  });
});
