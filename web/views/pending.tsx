import type { VNode } from 'preact';
import type { ClientId } from '../../protocol/ids.ts';
import { Icon } from './icon.tsx';
import { useTime } from './redraw.tsx';

/** What can be done with a message that was not taken. */
export interface PendingActions {
  readonly retry: (id: ClientId) => void;
  /** Takes it back into the composer. */
  readonly edit: (id: ClientId) => void;
  readonly discard: (id: ClientId) => void;
}

/** On a good network a message is there sooner: until then it looks sent, and nothing flickers. */
const QUIET_MS = 1_000;

/** A message on its way. It stands in the line of the text, so that nothing moves when it comes and goes. */
export function Sending({ since }: { since: number }): VNode | null {
  const now = useTime(since + QUIET_MS);
  if (now < since + QUIET_MS) return null;
  return (
    <span class="sending">
      {' '}
      <Icon name="clock" /> Sending
    </span>
  );
}

/** What was not taken, why, and what one can do. */
export function Failed({ id, reason, retry, edit, discard }: PendingActions & { id: ClientId; reason: string }): VNode {
  return (
    <div class="failed-send" role="group" aria-label="Not sent">
      <p class="problem">
        <Icon name="alert" />
        <span>Not sent. {reason}</span>
      </p>
      <p class="choices">
        <button type="button" onClick={() => retry(id)}>
          Retry
        </button>
        <button type="button" onClick={() => edit(id)}>
          Edit
        </button>
        <button type="button" onClick={() => discard(id)}>
          Delete
        </button>
      </p>
    </div>
  );
}
