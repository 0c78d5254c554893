import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Seq } from '../../protocol/ids.ts';
import type { LinkState, RoomState } from '../state/room-state.ts';
import { useTime } from './redraw.tsx';

/** Most losses are over sooner: saying so would only alarm. */
const QUIET_MS = 2_000;
/** From here on people want to know when, and to do something. */
const LATE_MS = 15_000;
/** Long enough to be read in passing. */
const BACK_MS = 3_000;

export interface Bar {
  readonly text: string;
  /** Of the text, what is said aloud: the countdown and the number of messages are not, or would be heard again and again. */
  readonly said: string;
  /** Offers to try now. */
  readonly isLate: boolean;
  /** Seconds until the next try. */
  readonly seconds?: number;
  /** When it will say something else without anything having happened, in ms since 1970. */
  readonly next: number | undefined;
}

/** It lies over the transcript: its coming and going moves nothing that is read. */
export function ConnectionBar({ bar, tryNow }: { bar: Bar; tryNow: () => void }): VNode | null {
  if (bar.text === '') return null;
  return (
    <div class="connection-bar">
      <p>{bar.text}</p>
      {bar.seconds === undefined ? null : <p aria-hidden="true">Next try in {bar.seconds} s</p>}
      {bar.isLate ? (
        <button type="button" onClick={tryNow}>
          Try now
        </button>
      ) : null}
    </div>
  );
}

/** What there was when the connection was lost. */
interface Loss {
  readonly seq: Seq;
  /** How many messages of others had come. */
  readonly heard: number;
  /** The bar has said that it is lost. */
  isShown: boolean;
  /** In ms since 1970; undefined while it is not. */
  backSince: number | undefined;
}

/** What the bar says now; draws again when that changes. */
export function useBar(link: LinkState, state: RoomState, isKept: boolean): Bar {
  const [next, setNext] = useState<number>();
  const now = useTime(next);
  const loss = useRef<Loss | undefined>(undefined);
  const bar = barOf(link, now, isKept);
  if (link.kind !== 'online' && loss.current?.backSince !== undefined) loss.current = undefined;
  if (link.kind !== 'online')
    loss.current ??= { seq: state.last.seq, heard: state.heard, isShown: false, backSince: undefined };
  if (bar.text !== '' && loss.current !== undefined) loss.current.isShown = true;
  if (link.kind === 'online' && loss.current !== undefined) loss.current.backSince ??= now;
  const shown = link.kind === 'online' ? backBar(loss.current, state, now) : bar;
  useEffect(() => setNext(shown.next), [shown.next]);
  return shown;
}

const SILENT: Bar = { text: '', said: '', isLate: false, next: undefined };

function backBar(loss: Loss | undefined, state: RoomState, now: number): Bar {
  const until = (loss?.backSince ?? -Infinity) + BACK_MS;
  if (loss?.isShown !== true || now >= until) return SILENT;
  // At the first time there was nothing to come back to.
  if (loss.seq === 0) return { ...SILENT, text: 'Connected', said: 'Connected.', next: until };
  return { ...SILENT, text: `Back online${missedText(state, loss)}`, said: 'Back online.', next: until };
}

function missedText({ heard, lines }: RoomState, loss: Loss): string {
  const missed = heard - loss.heard;
  if (missed <= 0) return '';
  // So many were missed that only the newest of them came.
  const isCut = (lines[0]?.seq ?? 0) > loss.seq + 1;
  return `, ${missed}${isCut ? '+' : ''} new`;
}

/** What the bar says at this time while the connection is away, and when it will say something else. */
export function barOf(link: LinkState, now: number, isKept: boolean): Bar {
  switch (link.kind) {
    case 'online':
    case 'ended':
      return SILENT;
    case 'offline':
      if (now < link.since + QUIET_MS) return { ...SILENT, next: link.since + QUIET_MS };
      return spoken(`You are offline. ${keptText(isKept, 'goes when you are back')}`);
    case 'connecting':
    case 'waiting':
      return tryingBar(link, now, isKept);
  }
}

function tryingBar(link: Extract<LinkState, { kind: 'connecting' | 'waiting' }>, now: number, isKept: boolean): Bar {
  const late = link.since + LATE_MS;
  if (now < link.since + QUIET_MS) return { ...SILENT, next: link.since + QUIET_MS };
  if (now < late) return { ...spoken('Connecting …'), next: late };
  const bar = { ...spoken(`No connection. ${keptText(isKept, 'goes when it is back')}`), isLate: true };
  if (link.kind === 'connecting') return bar;
  const seconds = Math.max(0, Math.ceil((link.until - now) / 1_000));
  // Until the second that is shown is over.
  return { ...bar, seconds, next: seconds === 0 ? undefined : link.until - (seconds - 1) * 1_000 };
}

function keptText(isKept: boolean, goes: string): string {
  return isKept ? `What you write is kept and ${goes}.` : `What you write ${goes}, if this page stays open.`;
}

function spoken(text: string): Bar {
  return { ...SILENT, text, said: text };
}
