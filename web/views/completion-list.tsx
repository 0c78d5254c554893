import type { VNode } from 'preact';
import { idOf, LIST } from './completion-ids.ts';
import { knownCompletion } from './known-completion.ts';
import type { Completion } from './use-completion.ts';

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
  const { candidates } = completion;
  const Offers = knownCompletion()?.Offers;
  return (
    <div class="completion-place">
      {Offers === undefined || candidates.length === 0 ? null : <Offers {...completion} />}
      <p class="unseen" role="status">
        {candidates.length === 0 ? '' : `${countOf(candidates.length)}. Arrow keys choose, Enter takes.`}
      </p>
    </div>
  );
}

function countOf(count: number): string {
  return count === 1 ? '1 suggestion' : `${count} suggestions`;
}
