import { createRef, type VNode } from 'preact';
import type { Author, MessageEntry } from '../../protocol/entries.ts';
import type { MemberId } from '../../protocol/ids.ts';
import { isAction } from '../markup/parse.ts';
import type { Named } from '../markup/tree.ts';
import type { Span } from '../state/room-state.ts';
import { Icon } from './icon.tsx';
import { type RowActs, type Subject, subjectOf } from './message-acts.ts';
import { MessageText } from './message-text.tsx';
import { MessageToolbar } from './message-toolbar.tsx';
import { Avatar, colourClass } from './person.tsx';
import { Failed, type PendingActions } from './pending.tsx';
import { Reactions } from './reactions.tsx';
import { Unchanging } from './redraw.tsx';
import { quietRow } from './row-focus.ts';
import { QuotedLine } from './quoted-line.tsx';
import type { Quoted } from '../state/quoted.ts';
import type { Row } from './rows.ts';
import { timeInGutter, timeOfDay } from './time-text.ts';

/**
 * A message, sent or still pending. It is one component for both, under the client id as its key: when the entry
 * comes, the row that is there becomes it, and nothing moves.
 */
export class MessageRow extends Unchanging<MessageRowProps, Attention> {
  readonly #row = createRef<HTMLElement>();
  override state: Attention = { isPointedAt: false, isFocused: false };

  override componentDidMount(): void {
    if (this.#row.current !== null) quietRow(this.#row.current);
  }

  override componentDidUpdate(): void {
    if (this.#row.current !== null) quietRow(this.#row.current);
  }

  override render(): VNode {
    const { by, at, from, to, own, text, pending, me, line, perform, ...rest } = this.props;
    const time = timeOfDay(at);
    // "Ada waves" says itself who it is about.
    const first = this.props.first && !isAction(text);
    const isForMe = !own && line?.mentions?.some(({ id }) => id === me) === true;
    const kind = `message${first ? ' first' : ''}${own ? ' own' : ''}${isForMe ? ' for-me' : ''}${pending === undefined ? '' : ` ${pending.state.kind}`}`;
    const subject = subjectOf(this.props);
    return (
      <article
        ref={this.#row}
        class={kind}
        aria-label={`${by.name}, ${time}`}
        data-from={from}
        data-to={to}
        tabIndex={-1}
        onPointerEnter={this.#pointedAt}
        onPointerLeave={this.#pointedAt}
        onFocusIn={this.#focused}
        onFocusOut={this.#focused}
      >
        <div class="gutter">{first ? <Avatar id={by.id} own={own} /> : <Time at={at} text={timeInGutter(at)} />}</div>
        <div class="said">
          {first ? (
            <p class="byline">
              <bdi class={`name ${colourClass(by.id, own)}`}>{by.name}</bdi>
              <Time at={at} text={time} />
            </p>
          ) : null}
          <Answered {...this.props} />
          <Body {...this.props} subject={subject} showEarlier={this.#showEarlier} />
          {pending?.state.kind === 'failed' ? (
            <Failed id={pending.clientId} reason={pending.state.message} {...rest} />
          ) : null}
        </div>
        {line?.pinned === true ? <PinMark /> : null}
        {subject !== undefined && (this.state.isPointedAt || this.state.isFocused) ? (
          <MessageToolbar subject={subject} perform={perform} />
        ) : null}
      </article>
    );
  }

  readonly #showEarlier = (): void => {
    const subject = subjectOf(this.props);
    if (subject !== undefined && this.#row.current !== null) this.props.perform('earlier', subject, this.#row.current);
  };

  // A finger points at what it scrolls.
  readonly #pointedAt = ({ type, pointerType }: PointerEvent): void => {
    if (pointerType !== 'touch') this.setState({ isPointedAt: type === 'pointerenter' });
  };

  readonly #focused = ({ type, relatedTarget }: FocusEvent): void => {
    const isWithin = relatedTarget instanceof Node && this.#row.current?.contains(relatedTarget) === true;
    this.setState({ isFocused: type === 'focusin' || isWithin });
  };
}

type MessageRowProps = MessageShape & PendingActions & RowActs;

/** Whether somebody is about to do something with it: with a mouse, or by the keyboard. */
interface Attention {
  readonly isPointedAt: boolean;
  readonly isFocused: boolean;
}

export interface MessageShape extends Span {
  readonly by: Author;
  readonly at: number;
  readonly text: string;
  readonly own: boolean;
  /** The first of its group: it shows the name. */
  readonly first: boolean;
  /** Who looks. */
  readonly me: MemberId;
  /** Undefined while the log does not have it. */
  readonly line: MessageEntry | undefined;
  readonly quoted: Quoted;
  readonly pending: Extract<Row, { kind: 'pending' }>['pending'] | undefined;
}

export function shapeOf(row: Extract<Row, { kind: 'message' | 'pending' }>): MessageShape {
  const { from, to, first, quoted } = row;
  if (row.kind === 'pending') {
    const { me, pending } = row;
    const { since: at, text } = pending;
    // The person itself, for it stays the same object: a new one would draw the row again and again.
    return { by: me, at, text, from, to, own: true, first, me: me.id, line: undefined, quoted, pending };
  }
  const { line, own, me } = row;
  return { by: line.by, at: line.at, text: line.text, from, to, own, first, me, line, quoted, pending: undefined };
}

function Time({ at, text }: { at: number; text: string }): VNode {
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}

function PinMark(): VNode {
  return (
    <span class="pin-mark" title="Pinned">
      <Icon name="pin" />
      <span class="unseen">Pinned</span>
    </span>
  );
}

/** What it answers stands above it, in one line from the start: nothing moves when it is loaded. */
function Answered({ line, pending, quoted, me, showAround }: MessageRowProps): VNode | null {
  const target = line?.replyTo ?? pending?.replyTo;
  return target === undefined ? null : <QuotedLine {...{ target, quoted, me }} show={showAround} />;
}

function Body({
  by,
  own,
  text,
  me,
  line,
  pending,
  subject,
  showEarlier,
  react,
}: MessageRowProps & { subject: Subject | undefined; showEarlier: () => void }): VNode {
  if (line?.deleted === true) return <p class="deleted">This message was deleted.</p>;
  const { reactions = [], mentions = NOBODY, editedAt } = line ?? {};
  return (
    <>
      <MessageText
        text={text}
        named={mentions}
        me={me}
        name={by.name}
        colour={colourClass(by.id, own)}
        isEdited={editedAt !== undefined}
        showEarlier={showEarlier}
        sendingSince={pending?.state.kind === 'waiting' ? pending.since : undefined}
      />
      {subject === undefined || reactions.length === 0 ? null : (
        <Reactions reactions={reactions} me={me} react={(emoji, isWanted) => react(subject.target, emoji, isWanted)} />
      )}
    </>
  );
}

const NOBODY: readonly Named[] = [];
