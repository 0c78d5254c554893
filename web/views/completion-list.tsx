import type { VNode } from 'preact';
import type { Candidate } from '../completion/candidates.ts';
import { keepFocus } from '../controls/keep-focus.ts';
import { Avatar } from './person.tsx';
import type { Completion } from './use-completion.ts';

const LIST = 'completion';

/** What the field says of the list. The role of a field of several lines knows no "expanded". */
export function completedBy({ candidates, chosen }: Completion): {
  readonly 'aria-autocomplete': 'list';
  readonly 'aria-controls': string | undefined;
  readonly 'aria-activedescendant': string | undefined;
} {
  return {
    'aria-autocomplete': 'list',
    'aria-controls': candidates.length === 0 ? undefined : LIST,
    'aria-activedescendant': chosen && idOf(chosen),
  };
}

/** Above the field, over the messages: nothing moves. */
export function CompletionList({ completion }: { completion: Completion }): VNode {
  const { candidates, chosen, take } = completion;
  return (
    <div class="completion-place">
      {candidates.length === 0 ? null : (
        <div class="completion" id={LIST} role="listbox" aria-label="Suggestions">
          {candidates.map((candidate) => (
            <button
              type="button"
              tabIndex={-1}
              key={candidate.key}
              id={idOf(candidate)}
              role="option"
              aria-selected={candidate === chosen}
              onPointerDown={keepFocus}
              onClick={() => take(candidate)}
            >
              <Offer {...candidate} />
            </button>
          ))}
        </div>
      )}
      <p class="unseen" role="status">
        {candidates.length === 0 ? '' : `${countOf(candidates.length)}. Arrow keys choose, Enter takes.`}
      </p>
    </div>
  );
}

function Offer({ person, emoji, label, detail }: Candidate): VNode {
  return (
    <>
      {person === undefined ? null : <Avatar id={person.id} own={false} />}
      {emoji === undefined ? null : <span class="emoji">{emoji}</span>}
      <bdi>{label}</bdi>
      {detail === '' ? null : <span class="hint">{detail}</span>}
    </>
  );
}

function countOf(count: number): string {
  return count === 1 ? '1 suggestion' : `${count} suggestions`;
}

function idOf({ key }: Candidate): string {
  return `${LIST}-${key}`;
}
