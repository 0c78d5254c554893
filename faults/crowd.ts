// Many people in a room, what they say, and what is to be said about it at the end.
import type { Author, Entry } from '../protocol/entries.ts';
import { CROWD } from '../server/store/transaction.ts';
import { checkHistory } from '../simulation/check-history.ts';
import { checkPresence, type PresenceRecord } from '../simulation/check-presence.ts';
import { asSent, checkFold, checkStates, refusedWithoutReason } from '../simulation/check-state.ts';
import type { Findings } from './findings.ts';
import { FreshReader } from './fresh-reader.ts';
import { Person } from './person.ts';
import { SecondThoughts } from './second-thoughts.ts';
import type { Site } from './site.ts';
import { until } from './waiting.ts';

const COME_IN_WITHIN_MS = 60_000;
/** What was written while nobody answered is asked for in many requests; a machine may be slow. */
const SETTLED_WITHIN_MS = 60_000;
/** I10: after so long everybody is at the head. */
const QUIET_MS = 15_000;
/** A half-open connection is let go within 35 s (E6), and told of 10 s later (P3); a lease that ran out sooner (P4). */
const TOLD_WITHIN_MS = 50_000;
const PRESENCE_EVERY_MS = 500;
const TICK_MS = 20;
/**
 * Of so many messages one is followed by a second thought: it goes alone, and a queue of them would catch up no faster than
 * they are answered. A prime, so that in time everybody has some.
 */
const THOUGHT_EVERY = 23;
/** Those who may be in a room beside one's own people. */
const CROWDS = new WeakMap<Site, Crowd[]>();

export interface CrowdParts {
  /** A server, or a proxy before one. */
  readonly at: { readonly origin: string; readonly host?: string };
  readonly size: number;
  readonly room?: string;
  /** What their names begin with. */
  readonly called?: string;
  readonly isPatient?: boolean;
}

export class Crowd {
  readonly people: readonly Person[];
  readonly room: string;
  /** The server's own, also where they come by a proxy. */
  readonly host: string;
  readonly #site: Site;

  private constructor(site: Site, host: string, room: string, people: readonly Person[]) {
    this.#site = site;
    this.host = host;
    this.room = room;
    this.people = people;
  }

  static of(site: Site, { at, size, room = 'tea', called = 'Person', isPatient }: CrowdParts): Crowd {
    const people = Array.from({ length: size }, (_, n) => {
      return new Person({
        name: `${called} ${n}`,
        room,
        origin: at.origin,
        host: at.host,
        random: site.dice.fork().random,
        isPatient,
      });
    });
    const crowd = new Crowd(site, at.host ?? new URL(at.origin).host, room, people);
    CROWDS.set(site, [...(CROWDS.get(site) ?? []), crowd]);
    site.atLeaving(() => crowd.close());
    return crowd;
  }

  /** All who are in one room: each log is judged by what all have sent. */
  with(...others: readonly Crowd[]): Crowd {
    return new Crowd(
      this.#site,
      this.host,
      this.room,
      [this, ...others].flatMap(({ people }) => people),
    );
  }

  first(size: number): Crowd {
    return new Crowd(this.#site, this.host, this.room, this.people.slice(0, size));
  }

  async comeIn(): Promise<this> {
    for (const person of this.people) person.open();
    if ((await this.allIn(COME_IN_WITHIN_MS)) === undefined) throw new Error('Not everybody could come in.');
    return this;
  }

  allIn(mostMs: number): Promise<number | undefined> {
    return until(() => this.people.every(({ isIn }) => isIn), mostMs);
  }

  /** So many messages, evenly over all of them, and second thoughts beside. The returned function makes them stop. */
  talk(perSecond: number, filler = ''): () => void {
    const since = performance.now();
    const talkers = this.people.map((person) => ({
      person,
      thoughts: new SecondThoughts(person, this.#site.dice.fork()),
    }));
    let said = 0;
    const timer = setInterval(() => {
      for (const due = ((performance.now() - since) / 1_000) * perSecond; said < due; said += 1) {
        const talker = talkers[said % talkers.length];
        talker?.person.say(`${talker.person.name}: ${talker.person.sent.length}${filler}`);
        if (said % THOUGHT_EVERY === THOUGHT_EVERY - 1) talker?.thoughts.have();
      }
    }, TICK_MS);
    const stop = () => clearInterval(timer);
    this.#site.atLeaving(stop);
    return stop;
  }

  /** How many messages were, up to now. */
  get acknowledged(): number {
    return this.people.reduce((sum, { sent }) => sum + sent.filter(({ seq }) => seq !== undefined).length, 0);
  }

  /** How long it takes until what has been said by now is acknowledged, and everybody has seen it. */
  caughtUp(mostMs: number): Promise<number | undefined> {
    const said = this.people.flatMap(({ sent }) => sent.filter(({ seq, refused }) => seq === undefined && !refused));
    const seen = Math.max(0, ...this.people.flatMap(({ sent }) => sent.map(({ seq = 0 }) => seq)));
    return until(() => {
      const isSettled = said.every(({ seq, refused }) => seq !== undefined || refused !== undefined);
      if (!isSettled) return false;
      const head = Math.max(seen, ...said.map(({ seq = 0 }) => seq));
      return this.people.every((person) => person.isIn && person.last >= head);
    }, mostMs);
  }

  /**
   * I1 to I6, I9 and I10, as a fresh reader finds the log when all is quiet. `undone`: the client ids of what was sent before
   * the log was put back to what it had been; that may be gone, and everybody starts over.
   */
  async judge(findings: Findings, origin: string, undone?: ReadonlySet<string>): Promise<readonly Entry[]> {
    const settled = await until(() => this.people.every(({ isSettled }) => isSettled), SETTLED_WITHIN_MS);
    if (settled === undefined) {
      const waiting = this.people.filter(({ isSettled }) => !isSettled).map(({ name }) => name);
      findings.broke(`I1: what ${waiting.slice(0, 3).join(', ')} wrote was never acknowledged`);
    }
    for (const { ended, name } of this.people) if (ended) findings.broke(`${name} was shut out: ${ended}`);
    const reader = await FreshReader.comeIn(this.#site, origin, this.room);
    const presence = await this.#presence(reader);
    findings.broke(...checkPresence(presence, this.#inRoom(reader), CROWD));
    await until(() => this.people.every(({ last }) => last >= presence.log.length), QUIET_MS);
    const log = await reader.readLog();
    const sent = this.people.flatMap((person) =>
      person.sent.map((said) => (undone?.has(said.clientId) ? { ...said, seq: undefined, refused: undefined } : said)),
    );
    const readings = this.people.map(({ reading }) => (undone ? { ...reading, startsOver: 0 } : reading));
    findings.broke(...checkHistory(log, sent, readings), ...checkFold(asSent(log, sent), log));
    findings.broke(...checkStates(log, readings), ...this.people.flatMap(({ liveProblems }) => liveProblems));
    const refused = refusedWithoutReason(log, sent);
    if (refused[0]) findings.broke(`${refused.length} were refused for good, first with ${refused[0].refused}`);
    await reader.leave();
    return log;
  }

  /** When those who are there are those who are said to be, or after so long that all who went must have been told of. */
  async #presence(reader: FreshReader): Promise<PresenceRecord> {
    let presence = await reader.readPresence();
    const isRight = async () => {
      presence = await reader.readPresence();
      return this.people.every(({ isIn }) => isIn) && checkPresence(presence, this.#inRoom(reader), CROWD).length === 0;
    };
    await until(isRight, TOLD_WITHIN_MS, PRESENCE_EVERY_MS);
    return presence;
  }

  /** Whoever has joined the room, of this crowd and of the others of the site. */
  #inRoom(reader: FreshReader): Author[] {
    const people = (CROWDS.get(this.#site) ?? [])
      .filter(({ host, room }) => host === this.host && room === this.room)
      .flatMap((crowd) => crowd.people);
    return [reader.me, ...people.flatMap(({ isIn, me }) => (isIn && me ? [me] : []))];
  }

  close(): void {
    for (const person of this.people) person.close();
  }
}

/** From its first entry to its head, by somebody who was never there before. */
export async function readLog(site: Site, origin: string, room: string): Promise<readonly Entry[]> {
  const reader = await FreshReader.comeIn(site, origin, room);
  const log = await reader.readLog();
  await reader.leave();
  return log;
}
