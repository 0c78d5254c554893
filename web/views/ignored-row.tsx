import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { RowActs } from './message-acts.ts';
import { MessageRow, shapeOf } from './message-row.tsx';
import type { PendingActions } from './pending.tsx';
import type { SaidRow } from './rows.ts';

export interface IgnoredRowProps extends PendingActions, RowActs {
  readonly run: readonly SaidRow[];
}

/** What somebody said whom one ignores: one line, until one wants to see it. */
export function IgnoredRow({ run, ...acts }: IgnoredRowProps): VNode {
  const [isShown, setShown] = useState(false);
  const [from, to] = [run[0]?.from ?? 0, run.at(-1)?.to ?? 0];
  return (
    <>
      <p class="notice ignored" data-from={from} data-to={isShown ? from : to}>
        <span>
          {run.length === 1 ? 'A message of somebody you ignore' : `${run.length} messages of somebody you ignore`}
        </span>
        <button type="button" class="quiet" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'}
        </button>
      </p>
      {isShown ? run.map((row) => <MessageRow key={row.key} {...shapeOf(row)} {...acts} />) : null}
    </>
  );
}
