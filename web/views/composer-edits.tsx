import type { VNode } from 'preact';
import type { ClientId } from '../../protocol/ids.ts';
import { whatThen } from '../../protocol/refusals.ts';
import type { Edits, PendingEdit } from '../state/edits.ts';
import { Icon } from './icon.tsx';
import { useTime } from './redraw.tsx';

/** On a good network a change is there sooner. */
const QUIET_MS = 1_000;

export interface RefusedEditActions {
  /** Goes on with it: as an edit where another text may be taken, else as a new message. */
  readonly takeEditBack: (id: ClientId) => void;
  readonly discard: (id: ClientId) => void;
}

/** Which message the composer is changing, and the way out. */
export function EditingBar({ before, cancel }: { before: string; cancel: () => void }): VNode {
  return (
    <div class="editing">
      <p>
        <b>Editing:</b> <bdi>{before.slice(0, LINE_CHARACTERS)}</bdi>
      </p>
      <button type="button" class="quiet" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}

/** What can stand in the one line that is shown. */
const LINE_CHARACTERS = 300;

/** The oldest edit that was not taken, why, and what one can do; the next one follows it. */
export function RefusedEdit({ edit, takeEditBack, discard }: RefusedEditActions & { edit: PendingEdit }): VNode {
  const { clientId, text, refusal } = edit;
  const canBeEdited = refusal !== undefined && whatThen(refusal.code) === 'change';
  return (
    <div class="refused-edit" role="group" aria-label="Edit not saved">
      <p class="problem" role="alert">
        <Icon name="alert" />
        <span>Your edit was not saved. {refusal?.message} Its text is kept:</span>
      </p>
      <p class="kept-text" dir="auto">
        {text}
      </p>
      <p class="choices">
        <button type="button" onClick={() => takeEditBack(clientId)}>
          {canBeEdited ? 'Edit again' : 'Write it anew'}
        </button>
        <button type="button" onClick={() => discard(clientId)}>
          Discard
        </button>
      </p>
    </div>
  );
}

/** A change that is not in the log yet. The row shows it already. */
export function Saving({ since }: { since: NonNullable<Edits['savingSince']> }): VNode | null {
  const now = useTime(since + QUIET_MS);
  if (now < since + QUIET_MS) return null;
  return (
    <p class="saving">
      <Icon name="clock" /> Saving your change
    </p>
  );
}
