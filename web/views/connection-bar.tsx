import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LinkState } from '../state/room-state.ts';
import { useTime } from './redraw.tsx';

/** Most losses are over sooner: saying so would only alarm. */
const QUIET_MS = 2_000;
/** From here on people want to know when, and to do something. */
const LATE_MS = 15_000;
/** Long enough to be read in passing. */
const BACK_MS = 3_000;

export interface Bar {
  readonly text: string;
  /** Offers to try now. */
  readonly isLate: boolean;
  /** Seconds until the next try. */
  readonly seconds?: number;
  /** When it will say something else without anything having happened, in ms since 1970. */
  readonly next: number | undefined;
}

export function ConnectionBar({ link, tryNow }: { link: LinkState; tryNow: () => void }): VNode {
  const [drawnBar, setNext] = useBar(link);
  useEffect(() => setNext(drawnBar.next), [drawnBar.next]);
  return (
    <div class={`connection-bar ${drawnBar.text === '' ? 'silent' : drawnBar.isLate ? 'late' : 'quiet'}`}>
      {/* Always there and changed rarely: a screen reader says each text once, and not the countdown. */}
      <p role="status">{drawnBar.text}</p>
      {drawnBar.seconds === undefined ? null : <p aria-hidden="true">Next try in {drawnBar.seconds} s</p>}
      {drawnBar.isLate ? (
        <button type="button" onClick={tryNow}>
          Try now
        </button>
      ) : null}
    </div>
  );
}

function useBar(link: LinkState): [Bar, (next: number | undefined) => void] {
  const [next, setNext] = useState<number>();
  const now = useTime(next);
  const wasShown = useRef(false);
  const backSince = useRef<number | undefined>(undefined);
  const bar = barOf(link, now);
  if (bar.text !== '') {
    wasShown.current = true;
    backSince.current = undefined;
  } else if (link.kind === 'online' && wasShown.current) {
    wasShown.current = false;
    backSince.current = now;
  }
  const until = (backSince.current ?? -Infinity) + BACK_MS;
  return [link.kind === 'online' && now < until ? { text: 'Back online', isLate: false, next: until } : bar, setNext];
}

const SILENT: Bar = { text: '', isLate: false, next: undefined };

/** What the bar says at this time, and when it will say something else. */
export function barOf(link: LinkState, now: number): Bar {
  switch (link.kind) {
    case 'online':
    case 'ended':
      return SILENT;
    case 'offline':
      if (now < link.since + QUIET_MS) return { ...SILENT, next: link.since + QUIET_MS };
      return { ...SILENT, text: 'You are offline. What you write is kept and goes when you are back.' };
    case 'connecting':
    case 'waiting':
      return tryingBar(link, now);
  }
}

function tryingBar(link: Extract<LinkState, { kind: 'connecting' | 'waiting' }>, now: number): Bar {
  const late = link.since + LATE_MS;
  if (now < link.since + QUIET_MS) return { ...SILENT, next: link.since + QUIET_MS };
  if (now < late) return { text: 'Connecting …', isLate: false, next: late };
  const text = 'No connection. What you write is kept.';
  if (link.kind === 'connecting') return { text, isLate: true, next: undefined };
  const seconds = Math.max(0, Math.ceil((link.until - now) / 1_000));
  // Until the second that is shown is over.
  return { text, isLate: true, seconds, next: seconds === 0 ? undefined : link.until - (seconds - 1) * 1_000 };
}
