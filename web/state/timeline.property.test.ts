// Whatever way a log reaches the browser, it ends as a plain fold of the whole log.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, MessageChange, MessageEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { RoomState } from './room-state.ts';
import * as timeline from './timeline.ts';

const room = 'tea' as Address;
const people = ['Ada', 'Lin', 'Eve'].map((name) => ({ id: `m-${name}` as MemberId, name }));
const emojis = ['👍', '🎉'];
const PAGE = 4;
const FAR = 9;

/** The log and what the store answers from it, written as plainly as can be: the oracle. */
class Log {
  readonly entries: Entry[] = [];
  #ids = 0;

  get head(): number {
    return this.entries.length;
  }

  /** Adds the entry that these numbers pick, if the rules let it in. */
  add(kind: number, pick: number, who: number): Entry | undefined {
    const by = people[who % people.length] ?? { id: 'm' as MemberId, name: '' };
    const seq = this.head + 1;
    const id = `e${(this.#ids += 1)}`;
    const signed = { room, seq, id: id as EntryId, at: 1_000 + this.#ids, by };
    const clientId = `c-${id}` as ClientId;
    const targets = this.present().filter((row) => !row.deleted);
    const row = targets[pick % Math.max(1, targets.length)];
    const entry = this.#made(kind, signed, clientId, row, emojis[pick % emojis.length] ?? '👍');
    if (entry) this.entries.push(entry);
    return entry;
  }

  #made(
    kind: number,
    signed: Omit<MessageEntry, 'kind' | 'clientId' | 'text'>,
    clientId: ClientId,
    row: MessageEntry | undefined,
    emoji: string,
  ): Entry | undefined {
    if (kind < 8) return { ...signed, kind: 'message', clientId, text: `text of ${signed.id}` };
    if (kind === 8) return { ...signed, kind: 'notice', type: signed.seq % 2 ? 'connect' : 'disconnect', here: 1 };
    if (kind === 9) return { ...signed, kind: 'rename', name: `${signed.by.name}${signed.seq}` };
    if (kind === 18) return { ...signed, clientId, kind: 'title', title: `Tea ${signed.seq}` };
    if (kind === 19) return { ...signed, clientId, kind: 'topic', topic: `about ${signed.seq}` };
    if (!row) return undefined;
    const change = { ...signed, clientId, target: row.seq };
    if (kind < 13) return { ...change, kind: 'edit', text: `edit ${signed.id}` };
    if (kind < 15) return { ...change, kind: 'delete' };
    if (kind === 15) return { ...change, kind: row.pinned ? 'unpin' : 'pin' };
    const has = row.reactions?.some(
      (kindOf) => kindOf.emoji === emoji && kindOf.by.some((author) => author.id === signed.by.id),
    );
    return { ...change, kind: has ? 'unreact' : 'react', emoji };
  }

  /** The store goes back. */
  rewind(by: number): void {
    this.entries.splice(Math.max(0, this.head - by));
  }

  /** Every message as it is now. */
  present(): MessageEntry[] {
    const rows = new Map<number, MessageEntry>();
    for (const entry of this.entries) {
      if (entry.kind === 'message') rows.set(entry.seq, structuredClone(entry));
      else if ('target' in entry) change(rows.get(entry.target), entry);
    }
    return [...rows.values()];
  }

  called(): { title: string; topic: string } {
    const title = this.entries.findLast((entry) => entry.kind === 'title')?.title ?? 'Tea';
    const topic = this.entries.findLast((entry) => entry.kind === 'topic')?.topic ?? '';
    return { title, topic };
  }

  since(after: number): Entry[] {
    const rows = new Map(this.present().map((row) => [row.seq, row]));
    return this.entries.slice(after).map((entry) => {
      if (entry.kind === 'message') return rows.get(entry.seq) ?? entry;
      if (entry.kind !== 'edit' || !rows.get(entry.target)?.deleted) return entry;
      return { room, seq: entry.seq, id: entry.id, kind: 'void' };
    });
  }

  catchUp(after: number, id: string, limit: number, far = Infinity): Granted<'catchUp'> {
    const isOther = after > this.head || (after > 0 && id !== '' && this.entries[after - 1]?.id !== id);
    const reset = isOther || this.head - after > far;
    const entries = reset ? this.present().slice(-PAGE) : this.since(after).slice(0, limit);
    return { ok: true, room, head: this.head, headId: this.entries.at(-1)?.id ?? '', first: 1, reset, entries };
  }

  join(state: RoomState, limit: number): Granted<'join'> {
    const me = { id: 'm-Ada' as MemberId, name: 'Ada', role: 'member' as const };
    const since = this.catchUp(state.last.seq, state.last.id, limit, state.me && !state.isStale ? FAR : -1);
    return { ...since, me, ...this.called(), count: 1, notices: true, here: [me] };
  }

  history(before: number): Granted<'history'> {
    const rows = this.present().filter((row) => row.seq < before);
    const { head } = this;
    return {
      ok: true,
      room,
      head,
      headId: this.entries.at(-1)?.id ?? '',
      entries: rows.slice(-PAGE),
      atStart: rows.length <= PAGE,
      atEnd: false,
    };
  }

  around(seq: number): Granted<'history'> {
    const rows = this.present();
    const first = rows.findIndex((row) => row.seq >= seq);
    const middle = first === -1 ? rows.length : first;
    const from = Math.max(0, Math.min(middle - PAGE / 2, rows.length - PAGE));
    return {
      ...this.history(1),
      entries: rows.slice(from, from + PAGE),
      atStart: from === 0,
      atEnd: from + PAGE >= rows.length,
      ...(first !== -1 && { anchor: rows[first]?.seq ?? 0 }),
    };
  }
}

function change(row: MessageEntry | undefined, entry: MessageChange): void {
  if (!row) throw new Error('a change without its message');
  row.rev = entry.seq;
  if (entry.kind === 'edit') Object.assign(row, { text: entry.text, editedAt: entry.at });
  if (entry.kind === 'delete') {
    Object.assign(row, { text: '', deleted: true });
    delete row.reactions;
    delete row.editedAt;
    delete row.pinned;
  }
  if (entry.kind === 'pin') row.pinned = true;
  if (entry.kind === 'unpin') delete row.pinned;
  if (entry.kind === 'react' || entry.kind === 'unreact') {
    const kinds = new Map((row.reactions ?? []).map(({ emoji, by }) => [emoji, by]));
    const others = (kinds.get(entry.emoji) ?? []).filter((author) => author.id !== entry.by.id);
    kinds.set(entry.emoji, entry.kind === 'react' ? [...others, entry.by] : others);
    row.reactions = [...kinds].filter(([, by]) => by.length > 0).map(([emoji, by]) => ({ emoji, by }));
    if (row.reactions.length === 0) delete row.reactions;
  }
}

type Step = readonly [act: number, a: number, b: number, c: number];

/** A browser that does what RoomLink does, in whatever order the steps say. */
class Browser {
  state = timeline.emptyRoom(room);
  goal: RoomState['goal'];
  /** On the way from the server, of this connection. */
  events: Entry[] = [];
  answers: (() => void)[] = [];
  isJoined = false;
  /** Of the questions for lines the last one counts. */
  question = {};
  readonly log: Log;

  constructor(log: Log) {
    this.log = log;
    this.connect(0);
  }

  become(state: RoomState): void {
    this.state = state;
    const seqs = state.lines.map((line) => line.seq);
    if (seqs.some((seq, i) => i > 0 && seq <= (seqs[i - 1] ?? 0))) throw new Error(`not in order: ${seqs.join()}`);
    const { goal } = state;
    if (goal && goal !== this.goal && !seqs.includes(goal.seq)) throw new Error(`led to ${goal.seq} of ${seqs.join()}`);
    this.goal = goal;
  }

  /** The answer is read now and arrives later; entries that are added from now on come live. */
  connect(limit: number): void {
    this.events = [];
    this.answers = [];
    this.isJoined = false;
    this.question = {};
    this.become(timeline.disconnected(this.state));
    const reply = this.log.join(this.state, limit + 1);
    this.answers.push(() => {
      this.isJoined = true;
      this.become(timeline.joined(this.state, reply));
    });
  }

  arrive(entry: Entry): void {
    this.become(this.isJoined ? timeline.received(this.state, entry) : timeline.hold(this.state, entry));
  }

  ask(limit: number): void {
    if (!this.isJoined) return;
    const reply = this.log.catchUp(this.state.last.seq, this.state.last.id, limit + 1);
    if (!reply.reset) this.answers.push(() => this.become(timeline.caughtUp(this.state, reply)));
  }

  page(): void {
    if (!this.isJoined || this.state.asking > 0 || this.state.atStart) return;
    this.load(this.log.history(this.state.lines[0]?.seq ?? this.state.last.seq + 1), timeline.gotHistory);
  }

  newer(limit: number): void {
    if (!this.isJoined || this.state.asking > 0 || this.state.atEnd) return;
    const { seq, id } = timeline.endOf(this.state);
    this.load(this.log.catchUp(seq, id, limit + 1), timeline.gotNewer);
  }

  /** To anywhere, also beyond the end, and also while something else is asked for. */
  jump(seq: number): void {
    if (!this.isJoined) return;
    const led = timeline.ledTo(this.state, seq);
    if (led) this.become(led);
    else this.load(this.log.around(seq), timeline.gotAround);
  }

  load<Reply extends Granted<'history'> | Granted<'catchUp'>>(
    reply: Reply,
    got: (state: RoomState, reply: Reply) => RoomState,
  ): void {
    const question = {};
    this.question = question;
    this.become(timeline.askedHistory(this.state));
    this.answers.push(() => {
      const isLast = question === this.question;
      this.become(isLast ? got(this.state, reply) : timeline.historyFailed(this.state));
    });
  }

  settle(): void {
    this.connect(3);
    for (let turns = 0; turns < 200; turns += 1) {
      this.answers.splice(0).forEach((answer) => answer());
      if (this.state.isStale) this.connect(3);
      else if (this.state.last.seq < this.log.head) this.ask(3);
      else if (!this.state.atEnd) this.newer(3);
      else if (!this.state.atStart) this.page();
    }
  }
}

function run(browser: Browser, [act, a, b, c]: Step): void {
  const { log, events, answers } = browser;
  if (act < 10) {
    const entry = log.add(a % 20, b, c);
    if (entry) events.push(entry);
  } else if (act < 16) events.splice(a % 3, 1).forEach((entry) => browser.arrive(entry));
  else if (act === 16) events.slice(a % 3, 1).forEach((entry) => browser.arrive(entry));
  else if (act === 17) events.splice(a % 3, 1);
  else if (act < 22) answers.splice(a % Math.max(1, answers.length), 1).forEach((answer) => answer());
  else if (act < 24) browser.ask(a % 5);
  else if (act < 27) browser.page();
  else if (act === 27) browser.jump((a % (log.head + 2)) + 1);
  else if (act === 28) browser.newer(a % 3);
  else if (act === 29) browser.connect(a % 5);
  else {
    // The server closes the connections of a room whose store went back.
    log.rewind(b % 4);
    browser.connect(a % 5);
  }
}

const number = fc.nat({ max: 1_000 });
const steps = (acts: number) =>
  fc.array(fc.tuple(fc.nat({ max: acts }), number, number, number), { minLength: 30, maxLength: 200 });

function endsAsTheLog(given: readonly Step[]): void {
  const log = new Log();
  const browser = new Browser(log);
  for (const step of given) run(browser, step);
  browser.settle();
  const { state } = browser;
  expect({ last: state.last.seq, held: state.held.size, asking: state.asking }).toEqual({
    last: log.head,
    held: 0,
    asking: 0,
  });
  expect(state.lines.filter((line) => line.kind === 'message')).toEqual(log.present());
  expect({ title: state.title, topic: state.topic }).toEqual(log.called());
}

describe('any way of learning a log', () => {
  it('C5, C6, C7: live, caught up, paged, lost, repeated and reordered, it ends as the fold of the whole log', () => {
    fc.assert(fc.property(steps(26), endsAsTheLog), { numRuns: 150 });
  });

  it('C6, C7, C12: also where one jumps about in it, and reads on from there', () => {
    fc.assert(fc.property(steps(28), endsAsTheLog), { numRuns: 300 });
  });

  it('C4, C8: also over reconnections, resets for distance, and stores that went back', () => {
    fc.assert(fc.property(steps(30), endsAsTheLog), { numRuns: 150 });
  });
});

describe('cost', () => {
  it('one change copies no row but its own', () => {
    const by = { id: 'm' as MemberId, name: 'Ada' };
    const messages = Array.from({ length: 1_500 }, (_, i): MessageEntry => {
      const seq = i + 1;
      return {
        room,
        seq,
        id: `e${seq}` as EntryId,
        at: seq,
        by,
        kind: 'message',
        clientId: `c${seq}` as ClientId,
        text: 'text',
      };
    });
    const before = messages.reduce(timeline.received, timeline.emptyRoom(room));
    const edit: Entry = {
      room,
      seq: 1_501,
      id: 'e' as EntryId,
      at: 1,
      by,
      kind: 'edit',
      clientId: 'c' as ClientId,
      target: 700,
      text: 'better',
    };
    const after = timeline.received(before, edit);
    expect(after.lines.filter((line, i) => line !== before.lines[i])).toEqual([
      { ...messages[699], text: 'better', editedAt: 1, rev: 1_501 },
    ]);
  });
});
