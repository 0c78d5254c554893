import type { Time } from '../../../protocol/ids.ts';
import type { Statements } from './statements.ts';

/** So many messages in the order of storing have one line: of a million there are 244. */
const STRETCH_BITS = 12;

interface Stretch {
  least: Time;
  most: Time;
}

/**
 * Between which times the messages of each stretch of the log were written. The index of words is read in the order of
 * storing, in which times ascend, but where a clock was set back: with this a search for days leaves out what is far away.
 */
export class Stretches {
  readonly #sql: Statements;
  readonly #changed = new Map<number, Stretch>();

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** Is written by flush. */
  add(rid: number, at: Time): void {
    const nth = nthOf(rid);
    const there = this.#changed.get(nth);
    if (!there) this.#changed.set(nth, { least: at, most: at });
    else Object.assign(there, { least: Math.min(there.least, at), most: Math.max(there.most, at) });
  }

  flush(): void {
    const sql = `INSERT INTO stretch (nth, least_at, most_at) VALUES (?, ?, ?)
      ON CONFLICT (nth) DO UPDATE SET least_at = min(least_at, excluded.least_at), most_at = max(most_at, excluded.most_at)`;
    for (const [nth, { least, most }] of this.#changed) this.#sql.of(sql).run(nth, least, most);
    this.forget();
  }

  forget(): void {
    this.#changed.clear();
  }

  /** Every message written before `before`, and not before `after`, has a rid from `from` to below `to`. */
  between(after: Time, before: Time): { from: number; to: number } {
    const first = this.#nth('SELECT nth FROM stretch WHERE most_at >= ? ORDER BY nth LIMIT 1', after);
    const last = this.#nth('SELECT nth FROM stretch WHERE least_at < ? ORDER BY nth DESC LIMIT 1', before);
    if (first === undefined || last === undefined) return { from: 0, to: 0 };
    return { from: first * 2 ** STRETCH_BITS, to: (last + 1) * 2 ** STRETCH_BITS };
  }

  #nth(sql: string, time: Time): number | undefined {
    return (this.#sql.of(sql).get(time) as { nth: number } | undefined)?.nth;
  }
}

function nthOf(rid: number): number {
  return Math.floor(rid / 2 ** STRETCH_BITS);
}
