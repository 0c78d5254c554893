import { Component, createRef, type VNode } from 'preact';
import type { Seq } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { pendingRows } from '../state/pending-rows.ts';
import type { Line, PendingMessage, RoomState } from '../state/room-state.ts';
import { Icon } from './icon.tsx';
import { MessageRow, shapeOf } from './message-row.tsx';
import { DayRow, NoticeRow } from './notice-row.tsx';
import type { PendingActions } from './pending.tsx';
import { type Row, rowsOf } from './rows.ts';
import { firstVisibleRow, howFarUp, isNearTop, keepsItsPlace } from './scroller.ts';
import { StartCard } from './start-card.tsx';

/** Whoever is this near the bottom reads along: new messages are followed. */
const FOLLOW_PX = 64;
/** Rows in the document while one reads along. Above them the log is in memory, and the scroll position never shows. */
const MOST_LINES = 300;
/** How many more are drawn at once of those that are in memory. */
const MORE_LINES = 50;

export interface TranscriptProps extends PendingActions {
  readonly state: RoomState;
  /** Who writes here: known before the first join was answered. */
  readonly me: Person;
  readonly pending: readonly PendingMessage[];
  /** Asks for what is older. Called again only after the last one was answered. */
  readonly loadOlder: () => void;
  /** The reader reads along (at first they do), or no longer does. */
  readonly follow: (isFollowing: boolean) => void;
  readonly focusComposer: () => void;
}

interface TranscriptState {
  /** The last entry there was when the reader left the bottom; undefined while they read along. */
  readonly away: Seq | undefined;
  /** Lines before this one are not drawn; undefined: all but the newest MOST_LINES. */
  readonly from: Seq | undefined;
}

/** What had to stay where it was, and where that was. Undefined where the browser sees to it by itself. */
type Anchor = { readonly row: Element; readonly top: number } | undefined;

/**
 * A scroller that runs upwards, with one block in it that runs downwards. Whatever is added above, below or within,
 * what one reads stays: at the bottom because 0 is there, elsewhere by the browser's scroll anchoring, without a script.
 */
export class Transcript extends Component<TranscriptProps, TranscriptState> {
  override state: TranscriptState = { away: undefined, from: undefined };
  readonly #scroller = createRef<HTMLElement>();
  readonly #rows = createRef<HTMLDivElement>();

  override shouldComponentUpdate(props: TranscriptProps, state: TranscriptState): boolean {
    const isSame = props.state === this.props.state && props.me === this.props.me;
    return !isSame || props.pending !== this.props.pending || state !== this.state;
  }

  override componentDidMount(): void {
    this.#fill();
  }

  override getSnapshotBeforeUpdate(): Anchor {
    const scroller = this.#scroller.current;
    const rows = this.#rows.current;
    if (scroller === null || rows === null || this.state.away === undefined || keepsItsPlace()) return undefined;
    const row = firstVisibleRow(scroller, rows);
    return row === undefined ? undefined : { row, top: row.getBoundingClientRect().top };
  }

  override componentDidUpdate(before: TranscriptProps, _: TranscriptState, anchor: Anchor): void {
    const scroller = this.#scroller.current;
    if (scroller === null) return;
    if (hasWritten(before.pending, this.props.pending) || this.state.away === undefined) this.#toBottom();
    else if (anchor?.row.isConnected) scroller.scrollTop += anchor.row.getBoundingClientRect().top - anchor.top;
    if (this.props.state.lines[0] !== before.state.lines[0]) this.#fill();
  }

  override render(): VNode {
    const { state, me, pending, retry, edit, discard } = this.props;
    const lines = drawn(state.lines, this.state.from);
    const rows = rowsOf(lines, pendingRows(state, pending), me);
    const unread = countUnread(state, this.state.away);
    return (
      <div class="transcript">
        {/* A scroller without anything to focus in it has to take the focus itself, or no key would move it. */}
        <section class="scroller" aria-label="Messages" tabIndex={0} ref={this.#scroller} onScroll={this.#moved}>
          <div class="rows" ref={this.#rows}>
            {state.me === undefined ? <p class="opening">Opening the room …</p> : null}
            {this.#beginning(lines.length < state.lines.length)}
            {rows.map((row) => drawRow(row, { retry, edit, discard }))}
          </div>
        </section>
        {unread === 0 ? null : (
          <button type="button" class="new-messages" onClick={this.#follow}>
            <Icon name="down" />
            {unread === 1 ? '1 new message' : `${unread} new messages`}
          </button>
        )}
      </div>
    );
  }

  #beginning(isMoreInMemory: boolean): VNode | null {
    const { state } = this.props;
    if (state.me === undefined) return null;
    if (state.atStart && !isMoreInMemory)
      return <StartCard room={state.room} title={state.title} isEmpty={isEmpty(state)} />;
    return (
      <p class="earlier">
        {state.asking > 0 ? (
          'Loading earlier messages …'
        ) : (
          <button type="button" onClick={this.#older}>
            Show earlier messages
          </button>
        )}
      </p>
    );
  }

  readonly #moved = (): void => {
    const scroller = this.#scroller.current;
    if (scroller === null) return;
    const isFollowing = howFarUp(scroller) <= FOLLOW_PX;
    const { state } = this.props;
    if (isFollowing) this.#readAlong();
    else if (this.state.away === undefined) {
      this.setState({ away: state.last.seq, from: drawn(state.lines, undefined)[0]?.seq });
      this.props.follow(false);
    }
    this.#fill();
  };

  readonly #follow = (): void => {
    this.#toBottom();
    this.props.focusComposer();
  };

  #toBottom(): void {
    if (this.#scroller.current !== null) this.#scroller.current.scrollTop = 0;
    this.#readAlong();
  }

  #readAlong(): void {
    if (this.state.away === undefined) return;
    this.setState({ away: undefined, from: undefined });
    this.props.follow(true);
  }

  #fill(): void {
    const scroller = this.#scroller.current;
    if (scroller !== null && isNearTop(scroller)) this.#older();
  }

  readonly #older = (): void => {
    const { state, loadOlder } = this.props;
    const { from, away } = this.state;
    const index = from === undefined ? -1 : state.lines.findIndex((line) => line.seq >= from);
    if (index > 0) this.setState({ from: state.lines[Math.max(0, index - MORE_LINES)]?.seq });
    else if (state.me !== undefined && !state.atStart && state.asking === 0) {
      if (away !== undefined) this.setState({ from: 1 });
      loadOlder();
    }
  };
}

function drawn(lines: readonly Line[], from: Seq | undefined): readonly Line[] {
  return from === undefined ? lines.slice(-MOST_LINES) : lines.filter((line) => line.seq >= from);
}

/** One's own message goes to the bottom, wherever one was reading. One that is settled does not. */
function hasWritten(before: readonly PendingMessage[], now: readonly PendingMessage[]): boolean {
  const newest = now.at(-1);
  return newest !== undefined && !before.some(({ clientId }) => clientId === newest.clientId);
}

function drawRow(row: Row, actions: PendingActions): VNode {
  switch (row.kind) {
    case 'day':
      return <DayRow key={row.key} at={row.at} />;
    case 'notice':
      return <NoticeRow key={row.key} line={row.line} />;
    case 'message':
    case 'pending':
      return <MessageRow key={row.key} {...shapeOf(row)} {...actions} />;
  }
}

function countUnread(state: RoomState, away: Seq | undefined): number {
  if (away === undefined) return 0;
  const isNew = (line: Line): boolean =>
    line.kind === 'message' && line.seq > away && line.by.id !== state.me?.id && line.deleted !== true;
  return state.lines.filter(isNew).length;
}

function isEmpty(state: RoomState): boolean {
  return !state.lines.some((line) => line.kind === 'message');
}
