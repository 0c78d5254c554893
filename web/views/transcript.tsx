import { Component, createRef, type VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';
import type { Person } from '../../protocol/room.ts';
import { pendingRows } from '../state/pending-rows.ts';
import type { PendingMessage, RoomState, Span } from '../state/room-state.ts';
import { isAttended, watchAttention } from './attention.ts';
import { drawnRows, shifted, spanOf } from './drawn-rows.ts';
import { EarlierRow } from './hole-row.tsx';
import { Icon } from './icon.tsx';
import type { PendingActions } from './pending.tsx';
import { RowView } from './row-view.tsx';
import { type Row, rowsOf } from './rows.ts';
import { howFarUp, isNearBottom, isNearTop, type PlaceMark, ReadingPlace } from './scroller.ts';
import { StartCard } from './start-card.tsx';

/** Whoever is this near the bottom reads along: new messages are followed. */
const FOLLOW_PX = 64;

/** What the transcript tells and asks for. */
export interface ReadingActions {
  /** Asks for lines that are not in memory. Each may be called at any time; one that is not needed does nothing. */
  readonly loadOlder: () => void;
  readonly loadNewer: () => void;
  readonly loadNewest: () => void;
  /** Which lines are drawn, and must stay in memory; undefined while the reader reads along, as at first they do. */
  readonly drawn: (span: Span | undefined) => void;
  /** Which lines somebody looks at; undefined when nobody does. */
  readonly inView: (span: Span | undefined) => void;
  /** Where somebody was reading when they went to another room; undefined: at the newest. */
  readonly wentFrom: (reading: Reading | undefined) => void;
}

export interface TranscriptProps extends PendingActions, ReadingActions {
  readonly state: RoomState;
  /** Who writes here: known before the first join was answered. */
  readonly me: Person;
  readonly pending: readonly PendingMessage[];
  /** Whom one does not want to read. */
  readonly ignored?: readonly Author[] | undefined;
  /** How often something was sent here: in a slow frame it may be in the log before it was ever drawn as pending. */
  readonly sent: number;
  /** Where one comes back to. */
  readonly reading?: Reading | undefined;
  readonly focusComposer: () => void;
}

/** Where somebody who has left the bottom reads. */
export interface Reading extends Away {
  readonly mark: PlaceMark;
}

/** Somebody who has left the bottom: how many messages they had heard of by then, and what is drawn around them. */
interface Away {
  readonly heard: number;
  readonly span: Span;
}

/**
 * A scroller that runs upwards, with one block in it that runs downwards. Whatever is added above, below or within,
 * what one reads stays: at the bottom because 0 is there, elsewhere by scroll anchoring, the browser's and ReadingPlace's.
 */
export class Transcript extends Component<TranscriptProps> {
  /** Undefined while one reads along. What one does may change it more than once before it is drawn: hence no state. */
  #away: Away | undefined;
  readonly #scroller = createRef<HTMLElement>();
  readonly #block = createRef<HTMLDivElement>();
  #place: ReadingPlace | undefined;
  /** All rows of what is in memory, and those of them that are in the document. */
  #rows: readonly Row[] = [];
  #drawn: readonly Row[] = [];
  /** What was drawn is measured when it has its place: before that, to measure would be to lay everything out twice. */
  #later: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void = () => {};

  constructor(props: TranscriptProps) {
    super(props);
    this.#away = props.reading;
  }

  override shouldComponentUpdate({ state, me, pending, sent, ignored }: TranscriptProps): boolean {
    const isSame = state === this.props.state && me === this.props.me && ignored === this.props.ignored;
    return !isSame || pending !== this.props.pending || sent !== this.props.sent;
  }

  override componentDidMount(): void {
    const scroller = this.#scroller.current;
    const block = this.#block.current;
    if (scroller === null || block === null) return;
    this.#place = new ReadingPlace(scroller, block);
    const sizes = new ResizeObserver(this.#resized);
    sizes.observe(scroller);
    sizes.observe(block);
    const unwatch = watchAttention(this.#look);
    this.#stop = () => {
      sizes.disconnect();
      unwatch();
      clearTimeout(this.#later);
    };
    const { reading } = this.props;
    if (reading !== undefined) this.#place.returnTo(reading.mark);
    this.#fill();
  }

  override componentWillUnmount(): void {
    const mark = this.#place?.mark();
    this.props.inView(undefined);
    this.props.wentFrom(this.#away && mark && { ...this.#away, mark });
    this.#stop();
  }

  /** Whether the focus is on a row, which may be about to go. */
  override getSnapshotBeforeUpdate(): boolean {
    return this.#block.current?.contains(document.activeElement) ?? false;
  }

  override componentDidUpdate(before: TranscriptProps, _: object, hadFocus: boolean): void {
    if (before.sent !== this.props.sent || hasWritten(before.pending, this.props.pending)) this.#toBottom();
    else if (this.#isLeft()) this.#place?.holdDrawn();
    else this.#place?.follow();
    if (hadFocus && document.activeElement === document.body) this.#scroller.current?.focus({ preventScroll: true });
    this.#later ??= setTimeout(this.#settled);
  }

  override render(): VNode {
    const { state, me, pending, ignored } = this.props;
    const away = this.#away;
    this.#rows = rowsOf(state, pendingRows(state, pending), me, ignored);
    this.#drawn = drawnRows(this.#rows, away?.span);
    const unread = away === undefined ? 0 : state.heard - away.heard;
    const { retry, edit, discard, loadNewer, loadNewest } = this.props;
    const load = away === undefined ? loadNewest : loadNewer;
    const about = { retry, edit, discard, load, isAsking: state.asking > 0, trouble: state.trouble };
    return (
      <div class="transcript">
        {/* A scroller without anything to focus in it has to take the focus itself, or no key would move it. */}
        <section class="scroller" aria-label="Messages" tabIndex={0} ref={this.#scroller} onScroll={this.#scrolled}>
          <div class="rows" ref={this.#block}>
            {this.#beginning()}
            {this.#drawn.map((row) => (
              <RowView key={row.key} row={row} {...about} />
            ))}
          </div>
        </section>
        {unread <= 0 ? null : (
          <button type="button" class="new-messages" onClick={this.#follow}>
            <Icon name="down" />
            {unread === 1 ? '1 new message' : `${unread} new messages`}
          </button>
        )}
      </div>
    );
  }

  #beginning(): VNode {
    const { state, loadOlder, focusComposer } = this.props;
    if (state.me === undefined) return <p class="opening">Opening the room …</p>;
    const isAllDrawn = (this.#drawn[0]?.from ?? 0) <= (this.#rows[0]?.from ?? 0);
    if (state.atStart && isAllDrawn) return <StartCard {...state} isEmpty={isEmpty(state)} sayHello={focusComposer} />;
    return (
      <EarlierRow isAsking={state.asking > 0} trouble={state.trouble} load={isAllDrawn ? loadOlder : this.#fill} />
    );
  }

  readonly #scrolled = (): void => {
    this.#place?.scrolled(performance.now());
    if (this.#isAtEnd()) this.#readAlong();
    else if (this.#away === undefined) this.#leave();
    this.#settled();
  };

  readonly #settled = (): void => {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#fill();
    this.#look();
  };

  readonly #look = (): void => {
    this.props.inView(isAttended() ? this.#place?.inView() : undefined);
  };

  readonly #follow = (): void => {
    this.#toBottom();
    this.props.focusComposer();
  };

  #isAtEnd(): boolean {
    const scroller = this.#scroller.current;
    if (scroller === null || howFarUp(scroller) > FOLLOW_PX) return false;
    return this.#away === undefined || (this.props.state.atEnd && this.#drawn.at(-1) === this.#rows.at(-1));
  }

  readonly #resized = (): void => {
    // Whoever reads along sees what is newest, and everybody else what they saw.
    if (this.#isLeft()) this.#place?.hold();
    else this.#place?.follow();
    this.#settled();
  };

  #isLeft(): boolean {
    return this.#away !== undefined || this.#place?.isNudged(performance.now()) === true;
  }

  #leave(): void {
    const span = spanOf(this.#drawn);
    if (span !== undefined) this.#become({ heard: this.props.state.heard, span });
  }

  #readAlong(): void {
    if (this.#away !== undefined) this.#become(undefined);
  }

  #toBottom(): void {
    this.#place?.toBottom();
    this.#readAlong();
  }

  #become(away: Away | undefined): void {
    this.#away = away;
    this.forceUpdate();
    this.props.drawn(away?.span);
  }

  /** Draws, or asks for, what is near the edge of what is drawn. */
  readonly #fill = (): void => {
    const scroller = this.#scroller.current;
    const { state } = this.props;
    if (scroller === null || state.me === undefined) return;
    if (isNearTop(scroller) && !this.#shift('older')) this.#load(state.atStart, this.props.loadOlder);
    if (this.#away === undefined) this.#load(state.atEnd, this.props.loadNewest);
    else if (isNearBottom(scroller) && !this.#shift('newer')) this.#load(state.atEnd, this.props.loadNewer);
  };

  #load(isThere: boolean, load: () => void): void {
    const { asking, trouble } = this.props.state;
    // What was refused is asked for again by whoever wants it.
    if (!isThere && asking === 0 && trouble === undefined) load();
  }

  /** Whether there is more in memory that way. */
  #shift(towards: 'older' | 'newer'): boolean {
    const [edge, drawn] =
      towards === 'older' ? [this.#rows[0], this.#drawn[0]] : [this.#rows.at(-1), this.#drawn.at(-1)];
    if (
      edge === undefined ||
      drawn === undefined ||
      (towards === 'older' ? drawn.from <= edge.from : drawn.to >= edge.to)
    )
      return false;
    const away = this.#away;
    const centre = this.#place?.centre();
    const span = away && centre !== undefined ? shifted(this.#rows, away.span, centre, towards) : undefined;
    if (away !== undefined && span !== undefined) this.#become({ ...away, span });
    return true;
  }
}

/** One's own message goes to the bottom, wherever one was reading. One that is settled does not. */
function hasWritten(before: readonly PendingMessage[], now: readonly PendingMessage[]): boolean {
  const newest = now.at(-1);
  return newest !== undefined && !before.some(({ clientId }) => clientId === newest.clientId);
}

function isEmpty(state: RoomState): boolean {
  return !state.lines.some((line) => line.kind === 'message');
}
