// I9: who comes and goes is told in turn and counted right, and in the end those are told of who are really there.
import type { Author, Entry } from '../protocol/entries.ts';
import type { MemberId } from '../protocol/ids.ts';
import type { Crowd } from '../server/store/transaction.ts';

/** What a fresh reader finds of who is in a room. */
export interface PresenceRecord {
  /** The whole log. */
  readonly log: readonly Entry[];
  /** By the list that whoever joins is given; undefined where they are so many that it gives none (P9). */
  readonly listed: readonly Author[] | undefined;
  readonly count: number;
}

/** `really`: who has a connection that has joined. */
export function checkPresence(record: PresenceRecord, really: readonly Author[], crowd: Crowd): string[] {
  const { log, listed, count } = record;
  return [
    ...checkNotices(log, crowd),
    ...checkTold(log, really),
    ...(listed ? checkListed(listed, really) : []),
    ...(count === really.length ? [] : [`I9: ${count} are counted, and ${really.length} are there`]),
  ];
}

/** A member comes and goes in turn, and `here` counts them; while notices are off nobody is told of anybody (P7). */
export function checkNotices(log: readonly Entry[], crowd: Crowd): string[] {
  const problems: string[] = [];
  /** Of whom it is known whether they are here: of nobody after a time without notices. */
  const known = new Map<MemberId, boolean>();
  let count = 0;
  let isTold = true;
  for (const entry of log) {
    if (entry.kind !== 'notice' && entry.kind !== 'settings') continue;
    const broke = (what: string) => problems.push(`I9: ${entry.seq} of ${entry.room} ${what}`);
    const { id, name } = entry.by;
    if (!isTold && !(entry.kind === 'settings' && entry.notices)) broke(`is a ${entry.kind} while notices are off`);
    if (entry.kind === 'settings' && entry.notices) {
      if (isTold || entry.here !== crowd.below - 1) broke(`starts notices again with ${entry.here}`);
      known.clear();
      count = entry.here;
    } else {
      const isComing = entry.kind === 'settings' || entry.type === 'connect';
      if (known.get(id) === isComing) broke(`says twice that ${name} (${id}) ${isComing ? 'came' : 'went'}`);
      count += isComing ? 1 : -1;
      if (entry.here !== count) broke(`counts ${entry.here} of ${count}`);
      if (count > crowd.above !== (entry.kind === 'settings')) broke(`is a ${entry.kind} with ${count} here`);
      known.set(id, isComing);
    }
    isTold = entry.kind === 'notice' || entry.notices;
  }
  return problems;
}

/** Where notices were off for a time the log alone does not say who is here: nothing is judged. */
export function checkTold(log: readonly Entry[], really: readonly Author[]): string[] {
  if (log.some(({ kind }) => kind === 'settings')) return [];
  const told = new Map<MemberId, Author>();
  for (const entry of log) {
    if (entry.kind !== 'notice') continue;
    if (entry.type === 'connect') told.set(entry.by.id, entry.by);
    else told.delete(entry.by.id);
  }
  return differences([...told.values()], really, 'told to be here');
}

function checkListed(listed: readonly Author[], really: readonly Author[]): string[] {
  return differences(listed, really, 'listed');
}

function differences(said: readonly Author[], really: readonly Author[], how: string): string[] {
  const without = (some: readonly Author[], others: readonly Author[]) => {
    const ids = new Set(others.map(({ id }) => id));
    return some.filter(({ id }) => !ids.has(id)).map(({ id, name }) => `${name} (${id})`);
  };
  return [
    ...without(said, really).map((who) => `I9: ${who} is ${how}, and is not there`),
    ...without(really, said).map((who) => `I9: ${who} is there, and is not ${how}`),
  ];
}
