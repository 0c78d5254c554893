import type { VNode } from 'preact';
import type { MemberId } from '../../../protocol/ids.ts';

/** Who is in a room now. It is told to its members alone. */
export interface Inside {
  readonly title: string;
  /** How many there are. */
  readonly count: number;
  /** In the order in which they came: MOST_SHOWN of them are shown. */
  readonly people: readonly { readonly id: MemberId; readonly name: string; readonly isOwn: boolean }[];
}

/** As high as the form beside it; the room itself shows them all. */
export const MOST_SHOWN = 12;

export function InsidePanel({ title, count, people }: Inside): VNode {
  const others = count - Math.min(people.length, MOST_SHOWN);
  return (
    <aside class="inside" aria-labelledby="inside-heading">
      <h2 id="inside-heading">
        <span class="inside-room">
          <bdi title={title}>{title}</bdi>
        </span>{' '}
        <span class="count">{countText(count)}</span>
      </h2>
      {count === 0 ? <p class="hint">Nobody is there just now. Whoever comes will find you.</p> : null}
      <ul>
        {people.slice(0, MOST_SHOWN).map(({ id, name, isOwn }) => (
          <li key={id}>
            <bdi title={name}>{name}</bdi> {isOwn ? <span class="hint">you</span> : null}
          </li>
        ))}
        {others > 0 ? <li class="hint">and {others} more</li> : null}
      </ul>
    </aside>
  );
}

function countText(count: number): string {
  if (count === 0) return 'Nobody here now';
  return `${count} here now`;
}
