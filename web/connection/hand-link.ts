// A room link on a wire that the test holds in its hand.
import type { Entry, MessageEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import type { Granted } from '../../protocol/requests.ts';
import { HandAsk } from './hand-ask.ts';
import { HandClock, settle } from './hand-clock.ts';
import { RoomLink } from './room-link.ts';

export const room = 'tea' as Address;
export const me = { id: 'm-ada' as MemberId, name: 'Ada', role: 'member' as const };

export const message = (seq: number, text = `text ${seq}`): MessageEntry => ({
  room,
  seq,
  id: `e${seq}` as EntryId,
  at: seq,
  by: { id: me.id, name: me.name },
  kind: 'message',
  clientId: `c${seq}` as ClientId,
  text,
});
export const deletion = (seq: number, target: number): Entry => {
  const { text: _text, ...stamp } = message(seq);
  return { ...stamp, kind: 'delete', target };
};
export function notice(seq: number, type: 'connect' | 'disconnect'): Entry {
  const { text: _text, clientId: _clientId, ...stamp } = message(seq);
  return { ...stamp, kind: 'notice', type, here: 0 };
}
export const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

export function reply(head: number, entries: Entry[], reset = false): Granted<'catchUp'> {
  return { ok: true, room, head, headId: head === 0 ? '' : (`e${head}` as EntryId), first: 1, reset, entries };
}
export const joinReply = (head: number, entries: Entry[], reset = false): Granted<'join'> => ({
  ...reply(head, entries, reset),
  me,
  title: 'Tea',
  topic: '',
  count: 1,
  notices: true,
  here: [me],
});
export const historyReply = (head: number, entries: Entry[], atStart = false): Granted<'history'> => ({
  ok: true,
  room,
  head,
  headId: `e${head}` as EntryId,
  entries,
  atStart,
  atEnd: false,
});

export function open() {
  const wire = new HandAsk();
  const clock = new HandClock();
  const told: string[] = [];
  const seen: number[] = [];
  const link = new RoomLink({
    room,
    as: me.id,
    ask: wire.ask,
    clock,
    random: () => 0.5,
    events: {
      changed: () => {},
      saw: (entries) => seen.push(...entries.map((entry) => entry.seq)),
      joined: () => told.push('joined'),
      ended: (refusal) => told.push(`ended ${refusal.code}`),
      silent: () => told.push('silent'),
    },
  });
  const seqs = () => link.state.lines.map((line) => line.seq);
  return { link, wire, clock, told, seen, seqs };
}

export async function entered(...entries: Entry[]) {
  const tab = open();
  tab.link.connected();
  tab.wire.take('join').answer(joinReply(entries.at(-1)?.seq ?? 0, entries, true));
  await settle();
  return tab;
}
