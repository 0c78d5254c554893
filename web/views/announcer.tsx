import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PendingMessage, RoomState } from '../state/room-state.ts';
import { announcement, failureAnnouncement } from './announcement.ts';

/** What comes within this time is told together. */
const GATHER_MS = 500;

/** One polite region for all that happens in the room. It can be heard and not be seen. */
export function Announcer({ state, pending }: { state: RoomState; pending: readonly PendingMessage[] }): VNode {
  const [text, setText] = useState('');
  const latest = useRef({ state, pending });
  const told = useRef({ seq: -1, pending });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  latest.current = { state, pending };

  const tell = (): void => {
    timer.current = undefined;
    const now = latest.current;
    const fresh = announcement(now.state.lines, told.current.seq, now.state.me);
    const failures = failureAnnouncement(told.current.pending, now.pending);
    told.current = { seq: now.state.last.seq, pending: now.pending };
    const said = `${failures} ${fresh}`.trim();
    if (said !== '') setText(said);
  };
  useEffect(() => {
    // What was there when one came in is not news; neither is a log that went back.
    if (told.current.seq === -1 || state.last.seq < told.current.seq)
      told.current.seq = state.me === undefined ? -1 : state.last.seq;
    const isNews = state.last.seq !== told.current.seq || pending !== told.current.pending;
    if (isNews && state.me !== undefined) timer.current ??= setTimeout(tell, GATHER_MS);
  }, [state, pending]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <p class="unseen" role="status" aria-label="News">
      {text}
    </p>
  );
}
