import type { ComponentChildren, VNode } from 'preact';
import type { Author, NoticeEntry } from '../../protocol/entries.ts';
import type { RenameEntry, RoomChangeEntry, Span } from '../state/room-state.ts';
import { toldOf } from './change-words.ts';
import { summaryOf } from './notice-summary.ts';
import { Unchanging, useTime } from './redraw.tsx';
import { dayName, nextMidnight, timeOfDay } from './time-text.ts';

/** So many are named; of more, two are and the others counted. */
const MOST_NAMED = 3;

/** Who came and who went. */
export class NoticesRow extends Unchanging<{ readonly run: readonly NoticeEntry[] }> {
  /** A run grows at its end alone. */
  override shouldComponentUpdate({ run }: { readonly run: readonly NoticeEntry[] }): boolean {
    const before = this.props.run;
    return run.length !== before.length || run.at(-1) !== before.at(-1);
  }

  override render(): VNode {
    const { run } = this.props;
    const { joined, left, visited, here } = summaryOf(run);
    const [from, to] = [run[0]?.seq ?? 0, run.at(-1)?.seq ?? 0];
    return (
      <NoticeLine from={from} to={to} at={run.at(-1)?.at ?? 0}>
        <Told people={joined} what="joined" />
        <Told people={left} what="left" />
        <Told people={visited} what="came and went" />
        {`${here}\u00a0here`}
      </NoticeLine>
    );
  }
}

/** Who has another name, and what the room is called or about from then on. */
export class ChangeRow extends Unchanging<{ readonly line: RenameEntry | RoomChangeEntry }> {
  override render(): VNode {
    const { seq, at, by } = this.props.line;
    return (
      <NoticeLine from={seq} to={seq} at={at}>
        <bdi>{by.name}</bdi> <What {...this.props} />
      </NoticeLine>
    );
  }
}

function What({ line }: { line: RenameEntry | RoomChangeEntry }): VNode {
  const [words, text] = toldOf(line);
  return (
    <>
      {words} {text === '' ? null : <bdi>{text}</bdi>}
    </>
  );
}

/** `pick`: to go to another day. Not by the Tab key, which would stop at every day: the room's menu offers the same. */
export function DayRow({ at, pick }: { at: number; pick: (at: number) => void }): VNode {
  const now = Date.now();
  // Today is yesterday tomorrow.
  useTime(nextMidnight(now));
  return (
    <h2 class="day">
      <button type="button" tabIndex={-1} aria-haspopup="dialog" title="Go to a date" onClick={() => pick(at)}>
        {dayName(at, now)}
      </button>
    </h2>
  );
}

function NoticeLine({ from, to, at, children }: Span & { at: number; children: ComponentChildren }): VNode {
  return (
    <p class="notice" data-from={from} data-to={to}>
      <span>{children}</span>
      <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>
    </p>
  );
}

function Told({ people, what }: { people: readonly Author[]; what: string }): VNode | null {
  if (people.length === 0) return null;
  const named = people.length > MOST_NAMED ? people.slice(0, 2) : people;
  const others = people.length - named.length;
  return (
    <>
      {named.map(({ id, name }, index) => (
        <>
          {separator(index, named.length, others)}
          <bdi key={id}>{name}</bdi>
        </>
      ))}
      {others === 0 ? '' : ` and ${others} others`}
      {` ${what} ·\u00a0`}
    </>
  );
}

function separator(index: number, count: number, others: number): string {
  if (index === 0) return '';
  return index === count - 1 && others === 0 ? ' and ' : ', ';
}
