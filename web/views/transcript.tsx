import { Component, createRef, type VNode } from 'preact';
import { whenPressedLong } from '../controls/pressed-long.ts';
import type { Author } from '../../protocol/entries.ts';
import type { Person } from '../../protocol/room.ts';
import { hasWritten, isEmpty, pendingRows } from '../state/pending-rows.ts';
import type { Seq } from '../../protocol/ids.ts';
import type { Goal, PendingMessage, RoomState, Span } from '../state/room-state.ts';
import type { Unread } from '../state/unread.ts';
import { isAttended, watchAttention } from './attention.ts';
import { drawnRows, shifted, spanAround, spanOf } from './drawn-rows.ts';
import { rowOf, showFound } from './found-row.ts';
import { EarlierRow } from './hole-row.tsx';
import { Icon } from './icon.tsx';
import { actOfKey, type MessageAct, type RowActs, subjectOf } from './message-acts.ts';
import type { PendingActions } from './pending.tsx';
import { shapeOf } from './message-row.tsx';
import type { PlaceActions } from './reading.tsx';
import { RowFocus } from './row-focus.ts';
import { RowView } from './row-view.tsx';
import { type Row, rowsOf } from './rows.ts';
import { howFarUp, isNearBottom, isNearTop, type PlaceMark, ReadingPlace } from './scroller.ts';
import { StartCard } from './start-card.tsx';
import { UnreadBar } from './unread-bar.tsx';
import { BackChip, WayBack } from './way-back.tsx';

/** Whoever is this near the bottom reads along: new messages are followed. */
const FOLLOW_PX = 64;

/** What the transcript tells and asks for. */
export interface ReadingActions {
  /** Asks for lines that are not in memory. Each may be called at any time; one that is not needed does nothing. */
  readonly loadOlder: () => void;
  readonly loadNewer: () => void;
  readonly loadNewest: () => void;
  /** Leads to a message, wherever it is. */
  readonly showAround: (seq: Seq) => void;
  /** One has been led there. */
  readonly landed: (goal: Goal) => void;
  /** Which lines are drawn, and must stay in memory; undefined while the reader reads along, as at first they do. */
  readonly drawn: (span: Span | undefined) => void;
  /** Which lines somebody looks at; undefined when nobody does. */
  readonly inView: (span: Span | undefined) => void;
  /** Where somebody was reading when they went to another room; undefined: at the newest. */
  readonly wentFrom: (spot: Spot | undefined) => void;
}

export interface TranscriptProps
  extends PendingActions,
    Omit<RowActs, 'showAround'>,
    ReadingActions,
    Pick<PlaceActions, 'markRead'> {
  /** Asks for messages that answers quote and that are not in memory. */
  readonly lookUp: (seqs: readonly Seq[]) => void;
  readonly state: RoomState;
  /** Who writes here: known before the first join was answered. */
  readonly me: Person;
  readonly pending: readonly PendingMessage[];
  /** Whom one does not want to read. */
  readonly ignored?: readonly Author[] | undefined;
  /** How often something was sent here: in a slow frame it may be in the log before it was ever drawn as pending. */
  readonly sent: number;
  /** Where one comes back to. */
  readonly spot?: Spot | undefined;
  /** What was unread when one came in. */
  readonly unread: Unread | undefined;
  readonly pickDate: (at: number) => void;
  readonly focusComposer: () => void;
}

/** Where somebody who has left the bottom reads. */
export interface Spot extends Away {
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
  #focus: RowFocus | undefined;
  /** Where one was led last; `isLanding` until that is drawn. */
  #goal: Goal | undefined;
  #isLanding = false;
  readonly #wayBack = new WayBack();
  /** The divider that is further up, and the last that was seen: of that nothing more is said. */
  #unreadAbove: Seq | undefined;
  #unreadSeen: Seq | undefined;
  /** All rows of what is in memory, and those of them that are in the document. */
  #rows: readonly Row[] = [];
  #drawn: readonly Row[] = [];
  /** What was drawn is measured when it has its place: before that, to measure would be to lay everything out twice. */
  #later: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void = () => {};

  constructor(props: TranscriptProps) {
    super(props);
    this.#away = props.spot;
  }

  override shouldComponentUpdate({ state, me, pending, sent, unread, ignored }: TranscriptProps): boolean {
    const isSame = state === this.props.state && me === this.props.me && unread === this.props.unread;
    const isWritten = pending !== this.props.pending || sent !== this.props.sent;
    return !isSame || isWritten || ignored !== this.props.ignored;
  }

  override componentDidMount(): void {
    const scroller = this.#scroller.current;
    const block = this.#block.current;
    if (scroller === null || block === null) return;
    this.#place = new ReadingPlace(scroller, block);
    this.#focus = new RowFocus(scroller, block);
    const sizes = new ResizeObserver(this.#resized);
    sizes.observe(scroller);
    sizes.observe(block);
    const unwatch = watchAttention(this.#look);
    const unpress = whenPressedLong(block, (on) => {
      const row = on.closest('article');
      if (row !== null) this.#perform('more', row);
    });
    this.#stop = () => {
      sizes.disconnect();
      unwatch();
      unpress();
      this.#focus?.stop();
      clearTimeout(this.#later);
    };
    const { spot } = this.props;
    if (this.#isLanding) this.#land();
    else if (spot !== undefined) this.#place.returnTo(spot.mark);
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
    if (this.#isLanding) this.#land();
    else if (before.sent !== this.props.sent || hasWritten(before.pending, this.props.pending)) this.#toBottom();
    else if (this.#isLeft()) this.#place?.holdDrawn();
    else this.#place?.follow();
    if (hadFocus && document.activeElement === document.body && this.#focus?.recover() !== true)
      this.#scroller.current?.focus({ preventScroll: true });
    this.#later ??= setTimeout(this.#settled);
  }

  override render(): VNode {
    const { state, me, pending, ignored } = this.props;
    this.#rows = rowsOf(state, pendingRows(state, pending), me, ignored);
    this.#leadTo(state.goal);
    const away = this.#away;
    this.#drawn = drawnRows(this.#rows, away?.span);
    const news = away === undefined ? 0 : state.heard - away.heard;
    const origin = this.#wayBack.last;
    const { retry, edit, discard, perform, react, showAround, loadNewer, loadNewest, unread, pickDate } = this.props;
    const load = away === undefined ? loadNewest : loadNewer;
    const rowActs = { retry, edit, discard, perform, react, showAround, pickDate };
    const about = { ...rowActs, load, isAsking: state.asking > 0, trouble: state.trouble };
    return (
      <div class="transcript">
        {unread === undefined || unread.from !== this.#unreadAbove ? null : (
          <UnreadBar unread={unread} jump={() => this.props.showAround(unread.from)} markRead={this.#markRead} />
        )}
        {/* A scroller without anything to focus in it has to take the focus itself, or no key would move it. */}
        <section class="scroller" aria-label="Messages" tabIndex={0} ref={this.#scroller} onScroll={this.#scrolled}>
          <div class="rows" ref={this.#block} onKeyDown={this.#pressed} onFocusIn={this.#focused}>
            {this.#beginning()}
            {this.#drawn.map((row) => (
              <RowView key={row.key} row={row} {...about} />
            ))}
          </div>
        </section>
        <div class="pills">
          {origin === undefined || (origin === 'now' && news > 0) ? null : (
            <BackChip origin={origin} go={this.#goBack} />
          )}
          {news <= 0 ? null : (
            <button type="button" class="pill new-messages" onClick={this.#follow}>
              <Icon name="down" />
              {news === 1 ? '1 new message' : `${news} new messages`}
            </button>
          )}
        </div>
      </div>
    );
  }

  /** Before it is drawn: what is drawn is around it, and where one was is still to be seen. */
  #leadTo(goal: Goal | undefined): void {
    if (goal === undefined || goal === this.#goal) return;
    this.#goal = goal;
    const span = spanAround(this.#rows, goal.seq);
    if (span === undefined) return;
    const away = this.#away;
    this.#wayBack.led((away && this.#place?.message()) ?? 'now', goal.seq);
    this.#away = { heard: away?.heard ?? this.props.state.heard, span };
    this.#isLanding = true;
  }

  #land(): void {
    this.#isLanding = false;
    const goal = this.#goal;
    const row = goal && this.#block.current && rowOf(this.#block.current, goal.seq);
    if (row) {
      this.#place?.show(row);
      showFound(row);
    }
    this.props.drawn(this.#away?.span);
    if (goal !== undefined) this.props.landed(goal);
  }

  readonly #goBack = (): void => {
    const origin = this.#wayBack.take();
    if (origin === 'now') this.#follow();
    else if (origin !== undefined) this.props.showAround(origin);
  };

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
    this.#focus?.settle();
    this.#lookUpQuoted();
    this.#look();
  };

  readonly #focused = (): void => {
    this.#focus?.came();
  };

  /** Point 23: keys mean a message while its row has the focus itself, and by the keyboard: a click means nothing by it. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return;
    if (key === 'Escape') this.props.focusComposer();
    else if (this.#focus?.moved(key) !== true && !this.#isDone(key, target)) return;
    event.preventDefault();
  };

  #isDone(key: string, row: HTMLElement): boolean {
    const act = actOfKey(key);
    const isMeant = row.tagName === 'ARTICLE' && this.#focus?.isByKey === true;
    return act !== undefined && isMeant && this.#perform(act, row);
  }

  #perform(act: MessageAct, row: HTMLElement): boolean {
    // A day has the seq of the message below it.
    const found = this.#drawn
      .filter(({ kind }) => kind === 'message' || kind === 'pending')
      .find(({ from }) => String(from) === row.dataset['from']);
    if (found?.kind !== 'message' && found?.kind !== 'pending') return false;
    const subject = subjectOf(shapeOf(found));
    if (subject === undefined) return false;
    this.props.perform(act, subject, row);
    return true;
  }

  /** In one question for all that is drawn. */
  #lookUpQuoted(): void {
    const unknown = this.#drawn.flatMap((row) =>
      row.kind === 'message' && row.quoted === undefined ? (row.line.replyTo ?? []) : [],
    );
    if (unknown.length > 0) this.props.lookUp(unknown);
  }

  readonly #look = (): void => {
    const span = this.#place?.inView();
    this.props.inView(isAttended() ? span : undefined);
    const above = this.#unreadUnseen(span);
    if (above === this.#unreadAbove) return;
    this.#unreadAbove = above;
    this.forceUpdate();
  };

  #unreadUnseen(span: Span | undefined): Seq | undefined {
    const { firstUnread } = this.props.state;
    if (firstUnread === undefined || span === undefined) return firstUnread && this.#unreadAbove;
    if (span.from <= firstUnread && firstUnread <= span.to) this.#unreadSeen = firstUnread;
    return firstUnread < span.from && firstUnread !== this.#unreadSeen ? firstUnread : undefined;
  }

  readonly #markRead = (): void => {
    this.props.markRead();
    this.props.focusComposer();
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
    if (away === undefined) this.#wayBack.forget();
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
