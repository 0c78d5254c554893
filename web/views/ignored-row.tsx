import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { MessageEntry } from '../../protocol/entries.ts';
import { MessageRow, shapeOf } from './message-row.tsx';

/** What somebody said whom one ignores: one line, until one wants to see it. */
export function IgnoredRow({ run }: { run: readonly MessageEntry[] }): VNode {
  const [isShown, setShown] = useState(false);
  const [from, to] = [run[0]?.seq ?? 0, run.at(-1)?.seq ?? 0];
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
      {isShown
        ? run.map((line, at) => (
            <MessageRow key={line.clientId} {...shapeOf(rowOf(line, run[at - 1]))} {...NOTHING_PENDING} />
          ))
        : null}
    </>
  );
}

function rowOf(line: MessageEntry, before: MessageEntry | undefined) {
  const { seq } = line;
  const first = before?.by.id !== line.by.id;
  return { kind: 'message', key: line.clientId, from: seq, to: seq, line, own: false, first } as const;
}

/** What others have said was never on its way from here. */
const NOTHING_PENDING = { retry: () => {}, edit: () => {}, discard: () => {} };
