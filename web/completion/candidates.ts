import { foldCase } from '../../protocol/names.ts';
import type { Person } from '../../protocol/room.ts';
import type { Asked } from './asked.ts';
import { COMMANDS } from './command-list.ts';

/** One of several that what was begun may become. */
export interface Candidate {
  /** Of all that are offered at once none has the same. */
  readonly key: string;
  /** What stands in the text when it was chosen, from the mark on. */
  readonly insert: string;
  readonly label: string;
  /** What helps to tell it from the others. */
  readonly detail: string;
  readonly person?: Pick<Person, 'id' | 'name'>;
  readonly emoji?: string;
}

/** As many as are seen at a glance, and stand above the keyboard of a phone. */
export const MOST_CANDIDATES = 6;

export interface Sources {
  /** Who can be meant, those first who are likelier to be. */
  readonly people: readonly Pick<Person, 'id' | 'name'>[];
  /** Names of emoji that hold these letters, the likelier ones first; undefined while they are not loaded. */
  readonly emoji: ((begun: string, most: number) => readonly (readonly [name: string, emoji: string])[]) | undefined;
}

/** The first is what Enter takes. None where it is written out already. */
export function candidatesFor({ kind, begun }: Asked, { people, emoji }: Sources): readonly Candidate[] {
  switch (kind) {
    case 'person':
      return peopleFor(begun, people);
    case 'emoji':
      return (emoji?.(begun.toLowerCase(), MOST_CANDIDATES) ?? []).map(([name, sign]) => ({
        key: name,
        insert: `${sign} `,
        label: `:${name}:`,
        detail: '',
        emoji: sign,
      }));
    case 'command':
      return COMMANDS.filter(({ name }) => name.startsWith(begun.toLowerCase())).map(({ name, takes, does }) => ({
        key: name,
        insert: takes === '' ? `/${name}` : `/${name} `,
        label: takes === '' ? `/${name}` : `/${name} ${takes}`,
        detail: does,
      }));
  }
}

function peopleFor(begun: string, people: Sources['people']): readonly Candidate[] {
  const wanted = folded(begun);
  const beginnings = people.filter(({ name }) => folded(name).startsWith(wanted));
  const words = people.filter((person) => !beginnings.includes(person) && hasWord(folded(person.name), wanted));
  return [...beginnings, ...words].slice(0, MOST_CANDIDATES).map((person) => ({
    key: person.id,
    insert: `@${person.name} `,
    label: person.name,
    detail: '',
    person,
  }));
}

function hasWord(name: string, wanted: string): boolean {
  return wanted !== '' && name.split(/[\s_.-]+/u).some((word) => word.startsWith(wanted));
}

/** Nobody looks for the key that makes an accent to find Zoë. */
function folded(name: string): string {
  return foldCase(name.normalize('NFD').replace(/\p{Mn}/gu, ''));
}
