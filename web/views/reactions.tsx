import type { VNode } from 'preact';
import type { Author, Reaction } from '../../protocol/entries.ts';
import type { MemberId } from '../../protocol/ids.ts';
import { hasReacted } from './message-acts.ts';

/** Of more, so many are named and the others counted. */
const MOST_NAMED = 20;

export interface ReactionsProps {
  readonly reactions: readonly Reaction[];
  readonly me: MemberId;
  readonly react: (emoji: string, isWanted: boolean) => void;
}

/** Point 18: what people have put under a message. Each is a button: pressed where one has done it, too. */
export function Reactions({ reactions, me, react }: ReactionsProps): VNode {
  return (
    <ul class="reactions" aria-label="Reactions">
      {reactions.map((reaction) => {
        const { emoji, by } = reaction;
        const isOwn = hasReacted(reaction, me);
        const names = namesOf(by, me);
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={isOwn}
              title={`${emoji} by ${names}`}
              onClick={() => react(emoji, !isOwn)}
            >
              <bdi class="emoji">{emoji}</bdi> {by.length}
              <span class="unseen"> by {names}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** In the order in which they came. */
function namesOf(by: readonly Author[], me: MemberId): string {
  const named = by.slice(0, MOST_NAMED).map(({ id, name }) => (id === me ? 'you' : name));
  const others = by.length - named.length;
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${others} others`;
}
