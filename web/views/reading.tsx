import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import type { Reading } from '../reading-desk.ts';
import type { Edits } from '../state/edits.ts';
import type { RoomState } from '../state/room-state.ts';
import type { Unread } from '../state/unread.ts';
import type { DateDialogProps } from './date-dialog.tsx';
import { useSaid } from './toast.tsx';
import { unreadSaid, useMarkReadKey } from './unread-bar.tsx';

export interface PlaceActions {
  /** Takes all for read, and the divider away. */
  readonly markRead: () => void;
  /** Leads to the first message since then, in ms since 1970. */
  readonly showDate: (at: number) => void;
}

interface ReadingParts {
  readonly state: RoomState;
  readonly reading: Reading;
  readonly edits: Edits;
  readonly actions: PlaceActions;
}

interface ReadingView {
  readonly unread: Unread | undefined;
  readonly pickDate: (at?: number) => void;
  readonly dateDialog: ComponentChildren;
  /** Heard once. */
  readonly unreadSaid: string;
}

/** What a page has of where one reads and how far one has read, but for the transcript itself. */
export function useReading({ state, reading, edits, actions }: ReadingParts, say: (text: string) => void): ReadingView {
  const { unread, notLed } = reading;
  useSaid(notLed, say);
  // Escape leaves an edit first.
  useMarkReadKey(state.firstUnread !== undefined && edits.editing === undefined, actions.markRead);
  const [dateDialog, pickDate] = useDateDialog(actions.showDate, say);
  return { unread, pickDate, dateDialog, unreadSaid: unreadSaid(unread, Date.now()) };
}

const DateDialog = whenNeeded<DateDialogProps>(() => import('./date-dialog.tsx').then((made) => made.DateDialog));

/** The dialog while it is open, and how to open it. */
function useDateDialog(
  go: (at: number) => void,
  say: (text: string) => void,
): [ComponentChildren, (at?: number) => void] {
  const [at, open] = useState<number>();
  const close = (): void => open(undefined);
  const failed = (): void => {
    say(NOT_LOADED);
    close();
  };
  const dialog = at === undefined ? null : <DateDialog {...{ at, go, close, failed }} />;
  return [dialog, (day = Date.now()) => open(day)];
}
