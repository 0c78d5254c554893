import type { VNode } from 'preact';
import type { Person } from '../../protocol/room.ts';

/** How many hues people have (tokens.css). */
const HUES = 12;

/** The class that gives a person's colour: ember for oneself, else the same wherever and whenever the id is the same. */
export function colourClass(id: string, own: boolean): string {
  return own ? 'you' : `person-${hash(id) % HUES}`;
}

export interface PersonItemProps {
  readonly person: Person;
  readonly own: boolean;
  /** Says what can be done about somebody else. */
  readonly choosePerson?: ((person: Person) => void) | undefined;
}

/** One of a list of people. */
export function PersonItem({ person, own, choosePerson }: PersonItemProps): VNode {
  const { id, name } = person;
  if (own || choosePerson === undefined)
    return (
      <li>
        <Avatar id={id} own={own} />
        <p>
          <bdi class={colourClass(id, own)}>{name}</bdi>
          {own ? <span class="hint"> you</span> : null}
        </p>
      </li>
    );
  return (
    <li class="is-button">
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => choosePerson(person)}>
        <Avatar id={id} own={false} />
        <bdi class={colourClass(id, false)}>{name}</bdi>
      </button>
    </li>
  );
}

/** A two-tone picture made from the id. It says nothing that the name beside it does not say. */
export function Avatar({ id, own }: { id: string; own: boolean }): VNode {
  const bits = Math.floor(hash(id) / HUES);
  return (
    <svg
      class={`avatar ${colourClass(id, own)}`}
      viewBox="0 0 32 32"
      width="32"
      height="32"
      aria-hidden="true"
      focusable="false"
    >
      <rect class="avatar-ground" width="32" height="32" rx="8" />
      <g transform={`rotate(${90 * (bits % 4)} 16 16)`}>
        <path d={SHAPES[Math.floor(bits / 4) % SHAPES.length]} />
      </g>
    </svg>
  );
}

// On the square from 6 to 26; each can stand in four ways.
const SHAPES = [
  'M6 26V6a20 20 0 0 1 20 20Z',
  'M6 6h10a10 10 0 0 1 0 20H6Z',
  'M6 6h20L6 26Z',
  'M6 11a5 5 0 0 1 10 0v5h5a5 5 0 0 1 0 10H6Z',
  'M16 6a10 10 0 0 1 10 10H16v10A10 10 0 0 1 16 6Z',
  'M6 16 16 6l10 10H16v10Z',
  'M6 6h10a10 10 0 0 1 10 10v10H16A10 10 0 0 1 6 16Z',
  'M6 6h10v10H6ZM16 16h10v10H16Z',
  'M6 26 16 6l10 20Z',
  'M6 6h20v8H14v12H6Z',
  'M6 6h20v8H6ZM6 18h20a10 8 0 0 1-20 0Z',
  'M6 16a10 10 0 0 1 20 0ZM6 18h10v8H6Z',
];

// FNV-1a: a few operations, and ids that differ in one character get far apart.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}
