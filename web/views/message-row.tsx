import type { VNode } from 'preact';
import type { Author, Reaction } from '../../protocol/entries.ts';
import { isAction } from '../markup/parse.ts';
import type { Named } from '../markup/tree.ts';
import type { Span } from '../state/room-state.ts';
import { MessageText } from './message-text.tsx';
import { Avatar, colourClass } from './person.tsx';
import { Failed, type PendingActions } from './pending.tsx';
import { Unchanging } from './redraw.tsx';
import type { Row } from './rows.ts';
import { timeInGutter, timeOfDay } from './time-text.ts';

/**
 * A message, sent or still pending. It is one component for both, under the client id as its key: when the entry
 * comes, the row that is there becomes it, and nothing moves.
 */
export class MessageRow extends Unchanging<MessageShape & PendingActions> {
  override render(): VNode {
    const { by, at, from, to, own, text, pending, ...rest } = this.props;
    const time = timeOfDay(at);
    // "Ada waves" says itself who it is about.
    const first = this.props.first && !isAction(text);
    const kind = `message${first ? ' first' : ''}${own ? ' own' : ''}${pending === undefined ? '' : ` ${pending.state.kind}`}`;
    return (
      <article class={kind} aria-label={`${by.name}, ${time}`} data-from={from} data-to={to}>
        <div class="gutter">{first ? <Avatar id={by.id} own={own} /> : <Time at={at} text={timeInGutter(at)} />}</div>
        <div class="said">
          {first ? (
            <p class="byline">
              <bdi class={`name ${colourClass(by.id, own)}`}>{by.name}</bdi>
              <Time at={at} text={time} />
            </p>
          ) : null}
          <Body {...this.props} />
          {pending?.state.kind === 'failed' ? (
            <Failed id={pending.clientId} reason={pending.state.message} {...rest} />
          ) : null}
        </div>
      </article>
    );
  }
}

export interface MessageShape extends Span {
  readonly by: Author;
  readonly at: number;
  readonly text: string;
  readonly own: boolean;
  /** The first of its group: it shows the name. */
  readonly first: boolean;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly reactions: readonly Reaction[] | undefined;
  readonly pending: Extract<Row, { kind: 'pending' }>['pending'] | undefined;
}

export function shapeOf(row: Extract<Row, { kind: 'message' | 'pending' }>): MessageShape {
  if (row.kind === 'pending') {
    const { me, pending, first } = row;
    const changes = { edited: false, deleted: false, reactions: undefined };
    // The person itself, for it stays the same object: a new one would draw the row again and again.
    return {
      by: me,
      at: pending.since,
      text: pending.text,
      from: row.from,
      to: row.to,
      own: true,
      first,
      ...changes,
      pending,
    };
  }
  const { by, at, text, editedAt, deleted, reactions } = row.line;
  const changes = { edited: editedAt !== undefined, deleted: deleted === true, reactions };
  return { by, at, text, from: row.from, to: row.to, own: row.own, first: row.first, ...changes, pending: undefined };
}

function Time({ at, text }: { at: number; text: string }): VNode {
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}

function Body({ by, own, text, edited, deleted, reactions, pending }: MessageShape): VNode {
  if (deleted) return <p class="deleted">This message was deleted.</p>;
  return (
    <>
      <MessageText
        text={text}
        named={NOBODY}
        name={by.name}
        colour={colourClass(by.id, own)}
        isEdited={edited}
        sendingSince={pending?.state.kind === 'waiting' ? pending.since : undefined}
      />
      {reactions === undefined || reactions.length === 0 ? null : <Reactions reactions={reactions} />}
    </>
  );
}

const NOBODY: readonly Named[] = [];

function Reactions({ reactions }: { reactions: readonly Reaction[] }): VNode {
  return (
    <ul class="reactions" aria-label="Reactions">
      {reactions.map(({ emoji, by }) => (
        <li key={emoji} title={by.map(({ name }) => name).join(', ')}>
          {emoji} {by.length}
          <span class="unseen"> by {by.map(({ name }) => name).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
