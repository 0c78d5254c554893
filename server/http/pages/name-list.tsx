import type { VNode } from 'preact';
import type { OwnName } from './names-page.tsx';

export type ListedName = Pick<OwnName, 'member' | 'title' | 'name'>;

/** A page of names that nobody reads helps nobody decide. */
const MOST_SHOWN = 6;

/** Names that are about to be given up, and the rooms that they are in. */
export function NameList({ names }: { names: readonly ListedName[] }): VNode {
  const others = names.length - MOST_SHOWN;
  return (
    <ul class="names">
      {names.slice(0, MOST_SHOWN).map(({ member, name, title }) => (
        <li key={member}>
          <p class="whose">
            <bdi class="own-name">{name}</bdi> in <bdi>{title}</bdi>
          </p>
        </li>
      ))}
      {others > 0 ? <li>and {others} more</li> : null}
    </ul>
  );
}
