// What is loaded at the first sign that something may be completed.
import type { VNode } from 'preact';
import type { Candidate } from '../completion/candidates.ts';
import { keepFocus } from '../controls/keep-focus.ts';
import { idOf, LIST } from './completion-ids.ts';
import { Avatar } from './person.tsx';
import type { Completion } from './use-completion.ts';

export { askedAt } from '../completion/asked.ts';
export { candidatesFor } from '../completion/candidates.ts';

export function Offers({ candidates, chosen, take }: Pick<Completion, 'candidates' | 'chosen' | 'take'>): VNode {
  return (
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
