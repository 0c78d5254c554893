import type { VNode } from 'preact';
import type { MemberId } from '../../../protocol/ids.ts';

/** Who is in a room now. It is told to its members alone. */
export interface Inside {
  readonly title: string;
  /** In the order in which they came. */
  readonly people: readonly { readonly id: MemberId; readonly name: string; readonly isOwn: boolean }[];
}

/** As high as the form beside it; the room itself shows them all. */
const MOST_SHOWN = 12;

export function InsidePanel({ title, people }: Inside): VNode {
  const others = people.length - MOST_SHOWN;
  return (
    <aside class="inside" aria-labelledby="inside-heading">
      <h2 id="inside-heading">
        <span class="inside-room">
          <bdi title={title}>{title}</bdi>
        </span>{' '}
        <span class="count">{countText(people.length)}</span>
      </h2>
      {people.length === 0 ? <p class="hint">Nobody is there just now. Whoever comes will find you.</p> : null}
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
