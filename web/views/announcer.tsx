import type { VNode } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import type { Seq } from '../../protocol/ids.ts';
import type { PendingMessage, RoomState } from '../state/room-state.ts';
import { announcement, failureAnnouncement, newMessages } from './announcement.ts';
import type { Told as Wanted } from './settings.ts';
import { SurroundingsContext } from './surroundings.tsx';

/** What comes within this time is told together. */
const GATHER_MS = 500;
/** Whoever reads the page from top to bottom shall not come upon old news: by now it has been said. */
const SAID_MS = 10_000;

export interface AnnouncerProps {
  readonly state: RoomState;
  readonly pending: readonly PendingMessage[];
  /** Nothing is told of these. */
  readonly ignored?: readonly Author[] | undefined;
  /** What else is shown for a while and to be heard once, each when it becomes another one: the connection, a toast. */
  readonly asides: readonly string[];
}

/** Up to where everything was told. */
interface Told extends Omit<AnnouncerProps, 'state' | 'ignored'> {
  readonly heard: number;
  /** Undefined: nothing is news yet. */
  readonly seq: Seq | undefined;
}

/** One polite region for all that happens in the room. It can be heard and not be seen. */
export function Announcer(given: AnnouncerProps): VNode {
  const { settings, said: saidAround } = useContext(SurroundingsContext);
  const props = { ...given, asides: [...given.asides, saidAround] };
  const { state, pending, asides } = props;
  const [said, setSaid] = useState({ text: '', count: 0 });
  const latest = useRef(props);
  const told = useRef<Told>({ seq: undefined, heard: 0, pending, asides: [] });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const clearing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  latest.current = props;

  const tell = (): void => {
    timer.current = undefined;
    const now = latest.current;
    const fresh = now.asides.filter((text, index) => text !== told.current.asides[index]);
    fresh.push(failureAnnouncement(told.current.pending, now.pending));
    const { me, last, heard } = now.state;
    if (me !== undefined) fresh.push(newsSince(heeded(now), told.current, settings?.announced.value ?? 'all'));
    const seq = me === undefined ? told.current.seq : last.seq;
    told.current = { seq, heard, pending: now.pending, asides: now.asides };
    const text = fresh.filter((part) => part !== '').join(' ');
    if (text === '') return;
    setSaid(({ count }) => ({ text, count: count + 1 }));
    clearTimeout(clearing.current);
    clearing.current = setTimeout(() => setSaid(({ count }) => ({ text: '', count })), SAID_MS);
  };
  useEffect(() => {
    // What was there when one came in is not news; neither is a log that went back.
    if (state.me !== undefined && state.last.seq < (told.current.seq ?? Infinity))
      told.current = { ...told.current, seq: state.last.seq, heard: state.heard };
    const isNews = state.me !== undefined && state.last.seq !== told.current.seq;
    const isAside = asides.some((text, index) => text !== (told.current.asides[index] ?? ''));
    if (isNews || isAside || pending !== told.current.pending) timer.current ??= setTimeout(tell, GATHER_MS);
  }, [state, pending, ...asides]);
  useEffect(() => () => [timer, clearing].forEach(({ current }) => clearTimeout(current)), []);
  return (
    <p class="unseen" role="status" aria-label="News">
      {/* The same words again are a new element: a text that stays the same is not read again. */}
      <span key={said.count}>{said.text}</span>
    </p>
  );
}

function heeded({ state, ignored = [] }: AnnouncerProps): RoomState {
  if (ignored.length === 0) return state;
  return { ...state, lines: state.lines.filter(({ by }) => !ignored.some(({ id }) => id === by.id)) };
}

/** Whoever reads far up has not got the newest lines: of those only the number is known. */
function newsSince({ lines, atEnd, heard, me }: RoomState, told: Told, wanted: Wanted): string {
  if (wanted === 'none') return '';
  if (atEnd) return announcement(lines, told.seq ?? 0, me, wanted);
  return wanted === 'all' ? newMessages(heard - told.heard) : '';
}
