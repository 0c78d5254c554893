import type { VNode } from 'preact';
import type { Target } from '../../protocol/fields.ts';
import type { MemberId, Seq } from '../../protocol/ids.ts';
import type { Quoted } from '../state/quoted.ts';
import { Icon } from './icon.tsx';
import { oneLine } from './one-line.ts';
import { colourClass } from './person.tsx';

export interface QuotedLineProps {
  readonly target: Target;
  readonly quoted: Quoted;
  /** Who looks. */
  readonly me: MemberId;
  readonly show: (seq: Seq) => void;
}

/** Point 19: what a message answers, in one line. Pressed, it leads there. */
export function QuotedLine({ target, quoted, me, show }: QuotedLineProps): VNode {
  const seq = typeof target === 'number' ? target : undefined;
  return (
    <button type="button" class="quoted" disabled={seq === undefined} onClick={() => seq !== undefined && show(seq)}>
      <Icon name="reply" />
      <span class="unseen">In reply to </span>
      <Summary quoted={quoted} me={me} />
    </button>
  );
}

/** Who wrote it, and what, where there is room for one line. */
export function Summary({ quoted, me }: Pick<QuotedLineProps, 'quoted' | 'me'>): VNode {
  if (quoted === undefined || quoted === 'asked') return <span class="hint">a message that is being loaded …</span>;
  if (quoted === 'absent') return <span class="hint">a message that could not be loaded</span>;
  if (!('by' in quoted)) return <Said text={quoted.text} />;
  const { by, text, deleted, mentions } = quoted;
  if (deleted === true) return <span class="hint">a deleted message</span>;
  return (
    <>
      <bdi class={`name ${colourClass(by.id, by.id === me)}`}>{by.name}</bdi>
      <Said text={oneLine(text, mentions)} />
    </>
  );
}

function Said({ text }: { text: string }): VNode {
  return (
    <span class="said-line" dir="auto">
      {text}
    </span>
  );
}
