// A tab with an outbox and a connection in the test's hands: for tests.
import type { Entry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId, Seq } from '../../protocol/ids.ts';
import { type Code, refused } from '../../protocol/refusals.ts';
import type { RequestOf } from '../../protocol/requests.ts';
import { HandAsk } from './hand-ask.ts';
import { HandClock, settle } from './hand-clock.ts';
import { Outbox } from './outbox.ts';
import type { Owner } from './outbox-item.ts';
import { MemoryOutboxStorage, type OutboxStorage } from './outbox-storage.ts';

export const owner: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };

let made = 0;
const newClientId = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}` as ClientId;

export interface Tab {
  readonly outbox: Outbox;
  readonly wire: HandAsk;
  readonly clock: HandClock;
  readonly told: string[];
  /** What the browser says of the lock before the tab sends. */
  readonly turn: { confirmed: () => Promise<void> };
}

export function openTab(storage: OutboxStorage, of: Owner = owner, others: Tab[] = []): Tab {
  const wire = new HandAsk();
  const clock = new HandClock();
  const told: string[] = [];
  const turn = { confirmed: async () => {} };
  const outbox = new Outbox({
    owner: of,
    storage,
    ask: wire.ask,
    clock,
    random: () => 0.5,
    newClientId,
    turnConfirmed: () => turn.confirmed(),
    events: {
      changed: () => {},
      stored: () => others.forEach((tab) => void tab.outbox.reload()),
      settled: (settled) => others.forEach((tab) => tab.outbox.settled(settled)),
      silent: () => told.push('silent'),
      notJoined: () => told.push('notJoined'),
      refused: (item, refusal) => told.push(`${item.want.kind} ${refusal.code}`),
    },
  });
  return { outbox, wire, clock, told, turn };
}

export async function sendingTab(storage: OutboxStorage = new MemoryOutboxStorage(), of: Owner = owner): Promise<Tab> {
  const tab = openTab(storage, of);
  await tab.outbox.setSender(true);
  tab.outbox.online();
  return tab;
}

type Group = Exclude<RequestOf<'message'>, string>;

/** The next request, which must be one of messages, as the server sees it. */
export async function takeGroup(tab: Tab) {
  await settle();
  const { request, answer } = tab.wire.take('message');
  const group = request as Group;
  const stored = (clientId: string, seq: Seq, duplicate = false) => ({
    clientId: clientId as ClientId,
    seq,
    id: `e${seq}` as EntryId,
    at: 1,
    duplicate,
  });
  return {
    room: group.room,
    ids: group.items.map((item) => item.clientId as ClientId),
    texts: group.items.map((item) => item.text),
    answer,
    /** Every item stored, from this seq on. */
    store: (from: Seq) => answer({ ok: true, results: group.items.map((item, i) => stored(item.clientId, from + i)) }),
    duplicate: (from: Seq) =>
      answer({ ok: true, results: group.items.map((item, i) => stored(item.clientId, from + i, true)) }),
    /** The first few are stored, all others refused. */
    storeSome: (from: Seq, count: number, code: Code, retryAfter?: number) =>
      answer({
        ok: true,
        results: group.items.map((item, i) => {
          const { ok: _ok, ...refusal } = refused(code, retryAfter);
          return i < count ? stored(item.clientId, from + i) : { clientId: item.clientId as ClientId, ...refusal };
        }),
      }),
  };
}

export const entryOf = (clientId: ClientId, seq: Seq, text = 'x'): Entry => ({
  room: owner.room,
  seq,
  id: `e${seq}` as EntryId,
  at: 1,
  by: { id: owner.member, name: owner.name },
  kind: 'message',
  clientId,
  text,
});
export const texts = (tab: Tab) => tab.outbox.state.pending.map((row) => `${row.text}: ${row.state.kind}`);
export const kinds = (tab: Tab) => tab.outbox.state.items.map((item) => item.want.kind);
