import { Component, type VNode } from 'preact';
import { HoleRow, type Loading } from './hole-row.tsx';
import { IgnoredRow } from './ignored-row.tsx';
import { MessageRow, shapeOf } from './message-row.tsx';
import type { RowActs } from './message-acts.ts';
import { ChangeRow, DayRow, NoticesRow } from './notice-row.tsx';
import type { PendingActions } from './pending.tsx';
import type { Row } from './rows.ts';
import { UnreadRow } from './unread-bar.tsx';

export interface RowViewProps extends PendingActions, RowActs, Loading {
  /** Asks for which day to go to: at first this one. */
  readonly pickDate: (at: number) => void;
  readonly row: Row;
}

/** One row of the transcript. Hundreds of them are there at every drawing, and most are as they were. */
export class RowView extends Component<RowViewProps> {
  override shouldComponentUpdate({ row }: RowViewProps): boolean {
    return !isSameRow(row, this.props.row);
  }

  override render(): VNode {
    const { row, retry, edit, discard, perform, react, showAround, isAsking, trouble, load, pickDate } = this.props;
    switch (row.kind) {
      case 'day':
        return <DayRow at={row.at} pick={pickDate} />;
      case 'notices':
        return <NoticesRow run={row.run} />;
      case 'change':
        return <ChangeRow line={row.line} />;
      case 'ignored':
        return <IgnoredRow run={row.run} {...{ retry, edit, discard, perform, react, showAround }} />;
      case 'unread':
        return <UnreadRow />;
      case 'hole':
        return <HoleRow hole={row.hole} isAsking={isAsking} trouble={trouble} load={load} />;
      case 'message':
      case 'pending':
        return <MessageRow {...shapeOf(row)} {...{ retry, edit, discard, perform, react, showAround }} />;
    }
  }
}

/** Whether they would be drawn alike. What a hole says changes with what is asked for. */
function isSameRow(one: Row, other: Row): boolean {
  if (one.from !== other.from || one.to !== other.to) return false;
  switch (one.kind) {
    case 'message':
      return other.kind === 'message' && one.line === other.line && one.me === other.me && isInSamePlace(one, other);
    case 'pending':
      return (
        other.kind === 'pending' && one.pending === other.pending && one.me === other.me && isInSamePlace(one, other)
      );
    case 'notices':
      return other.kind === 'notices' && one.run.at(-1) === other.run.at(-1) && one.run.length === other.run.length;
    case 'ignored':
      return other.kind === 'ignored' && isSameRun(one.run, other.run);
    case 'change':
      return other.kind === 'change' && one.line === other.line;
    case 'day':
      return other.kind === 'day' && one.at === other.at;
    case 'unread':
      return other.kind === 'unread';
    case 'hole':
      return false;
  }
}

type MessageRowOf = Extract<Row, { kind: 'message' | 'pending' }>;

function isInSamePlace(one: MessageRowOf, other: MessageRowOf): boolean {
  return one.first === other.first && one.quoted === other.quoted;
}

function isSameRun(one: readonly Row[], other: readonly Row[]): boolean {
  const isSame = (row: Row, beside: Row | undefined): boolean => beside !== undefined && isSameRow(row, beside);
  return one.length === other.length && one.every((row, at) => isSame(row, other[at]));
}
