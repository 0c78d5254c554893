// Whatever the connection, the server and the tabs do: what a person wanted is in the log, once, in order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, MessageChange, MessageEntry } from '../../protocol/entries.ts';
import type { ClientId, EntryId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import { settle } from './hand-clock.ts';
import { openTab, owner, type Tab } from './hand-tab.ts';
import type { Want } from './outbox-item.ts';
import { MemoryOutboxStorage } from './outbox-storage.ts';

/** What the person wants to stand in the log in the end. */
interface Wish {
  readonly clientId: ClientId;
  text: string;
  isDeleted: boolean;
}

class Server {
  readonly log: (MessageEntry | MessageChange)[] = [];

  store(clientId: ClientId, want: Want): number {
    const known = this.log.find((other) => other.clientId === clientId);
    if (known) return known.seq;
    const seq = this.log.length + 1;
    const by = { id: owner.member, name: owner.name };
    const signed = { room: owner.room, seq, id: `e${seq}` as EntryId, at: seq, by, clientId };
    if (want.kind === 'message') this.log.push({ ...signed, kind: 'message', text: want.text });
    else if ('target' in want) {
      const target = this.log.find((other) => other.seq === want.target || other.clientId === want.target)?.seq;
      if (!target) throw new Error('a change before its message');
      if (want.kind === 'edit') this.log.push({ ...signed, kind: 'edit', target, text: want.text });
      if (want.kind === 'delete') this.log.push({ ...signed, kind: 'delete', target });
    }
    return seq;
  }

  /** What stands in the log: text by client id, in order; undefined where it was deleted. */
  rows(): [string, string | undefined][] {
    const rows = new Map<number, [string, string | undefined]>();
    for (const entry of this.log) {
      const row = 'target' in entry ? rows.get(entry.target) : undefined;
      if (entry.kind === 'message') rows.set(entry.seq, [entry.clientId, entry.text]);
      else if (row) row[1] = entry.kind === 'edit' ? entry.text : undefined;
    }
    return [...rows.values()];
  }
}

/** How the next request ends: carried out or not, and whether its answer arrives. */
type Fate = 'answered' | 'lostBefore' | 'lostAfter' | 'again' | 'againAfterOne';

class Story {
  readonly #server = new Server();
  readonly #storage = new MemoryOutboxStorage();
  readonly #wishes: Wish[] = [];
  readonly #tabs: Tab[] = [];
  #texts = 0;

  async start(): Promise<void> {
    for (let i = 0; i < 2; i += 1) await this.reload(i);
    await this.#tabs[0]?.outbox.setSender(true);
  }

  /** A tab goes, and comes back as a new page. */
  async reload(at: number): Promise<void> {
    this.#tabs[at]?.outbox.close();
    this.#tabs[at] = openTab(
      this.#storage,
      owner,
      this.#tabs.filter((_tab, i) => i !== at),
    );
    await this.#tabs[at]?.outbox.reload();
    await this.pass(at);
  }

  /** The tab takes the sending lock away from the others, whatever they have under way. */
  async pass(to: number): Promise<void> {
    for (const [i, tab] of this.#tabs.entries()) {
      void tab.outbox.setSender(i === to);
      tab.outbox.online();
    }
    await settle();
  }

  /** The tab takes it, and the others, which were suspended, have not noticed yet. */
  async take(to: number): Promise<void> {
    await this.#tabs[to]?.outbox.setSender(true);
    for (const tab of this.#tabs) tab.outbox.online();
    await settle();
  }

  async write(tab: Tab): Promise<void> {
    const text = `text ${(this.#texts += 1)}`;
    this.#wishes.push({ clientId: await tab.outbox.send(text), text, isDeleted: false });
  }

  async change(tab: Tab, pick: number, isDeletion: boolean): Promise<void> {
    const wishes = this.#wishes.filter((wish) => !wish.isDeleted);
    const wish = wishes[pick % Math.max(1, wishes.length)];
    if (!wish) return;
    const isPending = tab.outbox.state.items.some((item) => item.clientId === wish.clientId);
    const seq = this.#server.log.find((entry) => entry.clientId === wish.clientId)?.seq;
    const target = isPending ? wish.clientId : (seq ?? wish.clientId);
    if (isDeletion) await tab.outbox.delete(target);
    else await tab.outbox.edit(target, (wish.text = `text ${(this.#texts += 1)}`));
    wish.isDeleted = isDeletion;
  }

  async carryOut(tab: Tab, fate: Fate): Promise<void> {
    await settle();
    const [name] = tab.wire.open;
    if (name === 'message') this.#messages(tab, fate);
    else if (name === 'edit' || name === 'delete') this.#oneChange(tab, name, fate);
    await settle();
    if (tab.told.splice(0).includes('silent')) {
      tab.outbox.offline();
      tab.outbox.online();
    }
    await tab.clock.advance(10_000);
  }

  #messages(tab: Tab, fate: Fate): void {
    const { request, answer } = tab.wire.take('message');
    if (typeof request === 'string') throw new Error('a browser never sends the plain form');
    if (fate === 'lostBefore') return answer(undefined);
    if (fate === 'again') return answer(refused('unavailable'));
    const taken = fate === 'againAfterOne' ? request.items.slice(0, 1) : request.items;
    const stored = taken.map(({ clientId, text }) => {
      const seq = this.#server.store(clientId as ClientId, { kind: 'message', text });
      return { clientId: clientId as ClientId, seq, id: `e${seq}` as EntryId, at: seq, duplicate: false };
    });
    const { ok: _ok, ...busy } = refused('busy');
    const rest = request.items.slice(taken.length).map(({ clientId }) => ({ clientId: clientId as ClientId, ...busy }));
    answer(fate === 'lostAfter' ? undefined : { ok: true, results: [...stored, ...rest] });
  }

  #oneChange(tab: Tab, name: 'edit' | 'delete', fate: Fate): void {
    const { request, answer } = tab.wire.take(name);
    if (fate === 'lostBefore') return answer(undefined);
    if (fate === 'again' || fate === 'againAfterOne') return answer(refused('unavailable'));
    const target = typeof request.target === 'number' ? request.target : (request.target as ClientId);
    const want: Want = 'text' in request ? { kind: 'edit', target, text: request.text } : { kind: 'delete', target };
    const seq = this.#server.store(request.clientId as ClientId, want);
    answer(fate === 'lostAfter' ? undefined : { ok: true, seq });
  }

  /** The tab sees the log, all of it or its end. */
  see(tab: Tab, from: number): void {
    const entries: readonly Entry[] = this.#server.log;
    tab.outbox.saw(entries.slice(from % Math.max(1, entries.length)));
  }

  tab(at: number): Tab {
    const tab = this.#tabs[at % 2];
    if (!tab) throw new Error('there are two tabs');
    return tab;
  }

  async end(): Promise<void> {
    await this.pass(0);
    for (let turn = 0; turn < 200 && this.tab(0).outbox.state.items.length > 0; turn += 1)
      await this.carryOut(this.tab(0), 'answered');
    const left = (await this.#storage.read(owner)).length;
    const rows = this.#server.rows();
    const wanted = this.#wishes.map((wish): [string, string | undefined] => [
      wish.clientId,
      wish.isDeleted ? undefined : wish.text,
    ]);
    // What was deleted before it was ever sent is not in the log at all.
    const expected = wanted.filter(([id, text]) => text !== undefined || rows.some(([stored]) => stored === id));
    expect({ left, rows }).toEqual({ left: 0, rows: expected });
  }
}

const fates: readonly Fate[] = ['answered', 'answered', 'lostBefore', 'lostAfter', 'again', 'againAfterOne'];
const steps = fc.array(fc.tuple(fc.nat({ max: 14 }), fc.nat({ max: 50 }), fc.nat({ max: 1 })), {
  minLength: 5,
  maxLength: 60,
});

async function run(story: Story, [act, pick, at]: readonly [number, number, number]): Promise<void> {
  const tab = story.tab(at);
  if (act < 4) await story.write(tab);
  else if (act < 6) await story.change(tab, pick, false);
  else if (act === 6) await story.change(tab, pick, true);
  else if (act < 11)
    for (const other of [0, 1]) await story.carryOut(story.tab(other), fates[pick % fates.length] ?? 'answered');
  else if (act === 11) story.see(tab, pick);
  else if (act === 12) await story.pass(at);
  else if (act === 13) await story.take(at);
  else await story.reload(at);
}

describe('any course of events', () => {
  it('S1 to S7: what was wanted is in the log, once, in order, with its last text', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const story = new Story();
        await story.start();
        for (const step of given) await run(story, step);
        await story.end();
      }),
      { numRuns: 100 },
    );
  });
});
