// Many people in a room, what they say, and what is to be said about it at the end.
import type { Entry } from '../protocol/entries.ts';
import { checkHistory } from '../simulation/check-history.ts';
import type { Findings } from './findings.ts';
import { Person } from './person.ts';
import type { Site } from './site.ts';
import { until } from './waiting.ts';

const COME_IN_WITHIN_MS = 60_000;
/** I10: after so long everybody is at the head. */
const QUIET_MS = 15_000;
const TICK_MS = 20;

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
  readonly #site: Site;

  private constructor(site: Site, room: string, people: readonly Person[]) {
    this.#site = site;
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
    const crowd = new Crowd(site, room, people);
    site.atEnd(() => crowd.close());
    return crowd;
  }

  /** All who are in one room: each log is judged by what all have sent. */
  with(...others: readonly Crowd[]): Crowd {
    return new Crowd(
      this.#site,
      this.room,
      [this, ...others].flatMap(({ people }) => people),
    );
  }

  first(size: number): Crowd {
    return new Crowd(this.#site, this.room, this.people.slice(0, size));
  }

  async comeIn(): Promise<this> {
    for (const person of this.people) person.open();
    if ((await this.allIn(COME_IN_WITHIN_MS)) === undefined) throw new Error('Not everybody could come in.');
    return this;
  }

  allIn(mostMs: number): Promise<number | undefined> {
    return until(() => this.people.every(({ isIn }) => isIn), mostMs);
  }

  /** Evenly over all of them. The returned function makes them stop. */
  talk(perSecond: number, filler = ''): () => void {
    const since = performance.now();
    let said = 0;
    const timer = setInterval(() => {
      for (const due = ((performance.now() - since) / 1_000) * perSecond; said < due; said += 1) {
        const person = this.people[said % this.people.length];
        person?.say(`${person.name}: ${person.sent.length}${filler}`);
      }
    }, TICK_MS);
    const stop = () => clearInterval(timer);
    this.#site.atEnd(stop);
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

  /** I1 to I6, as a fresh reader finds the log when all is quiet. */
  async judge(findings: Findings, origin: string): Promise<readonly Entry[]> {
    const settled = await until(() => this.people.every(({ isSettled }) => isSettled), 2 * QUIET_MS);
    if (settled === undefined) {
      const waiting = this.people.filter(({ isSettled }) => !isSettled).map(({ name }) => name);
      findings.broke(`I1: what ${waiting.slice(0, 3).join(', ')} wrote was never acknowledged`);
    }
    for (const { ended, name } of this.people) if (ended) findings.broke(`${name} was shut out: ${ended}`);
    const refused = this.people.flatMap(({ sent }) => sent.flatMap((said) => said.refused ?? []));
    if (refused.length > 0) findings.broke(`${refused.length} were refused for good, first with ${refused[0]}`);
    const log = await readLog(this.#site, origin, this.room);
    await until(() => this.people.every(({ last }) => last >= log.length), QUIET_MS);
    const sent = this.people.flatMap((person) => person.sent);
    const readings = this.people.filter(({ startsOver }) => startsOver === 0).map(({ reading }) => reading);
    findings.broke(...checkHistory(log, sent, readings));
    findings.broke(...this.people.flatMap(({ liveProblems }) => liveProblems));
    return log;
  }

  close(): void {
    for (const person of this.people) person.close();
  }
}

let readers = 0;

/** From its first entry to its head, by somebody who was never there before. */
export async function readLog(site: Site, origin: string, room: string): Promise<Entry[]> {
  readers += 1;
  const reader = new Person({ name: `Reader ${readers}`, room, origin, random: site.dice.fork().random });
  site.atEnd(() => reader.close());
  reader.open();
  if ((await until(() => reader.isIn, COME_IN_WITHIN_MS)) === undefined) {
    throw new Error(`Nobody new can come in: ${reader.ended ?? 'the server does not answer'}`);
  }
  const log: Entry[] = [];
  for (;;) {
    const reply = await reader.ask('catchUp', { room, after: log.at(-1)?.seq ?? 0 });
    if (!reply?.ok) throw new Error(`The log cannot be read: ${reply?.code ?? 'no answer'}`);
    log.push(...reply.entries);
    if (reply.entries.length === 0 || (log.at(-1)?.seq ?? 0) >= reply.head) break;
  }
  reader.close();
  return log;
}
