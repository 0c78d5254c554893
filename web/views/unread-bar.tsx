import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { UNREAD_MAX } from '../../protocol/limits.ts';
import type { Unread } from '../state/unread.ts';
import { asksToCancel } from './composer-keys.ts';
import { Icon } from './icon.tsx';
import { dayName, timeOfDay } from './time-text.ts';

/** Between what was read and what was not. It is drawn over its neighbours: nothing moves when it comes or goes. */
export function UnreadRow(): VNode {
  return (
    <div class="unread-divider" role="separator" aria-label="New messages">
      <span aria-hidden="true">New</span>
    </div>
  );
}

export interface UnreadBarProps {
  readonly unread: Unread;
  readonly jump: () => void;
  readonly markRead: () => void;
}

/** Over the top of the transcript while the divider is further up, loaded or not. */
export function UnreadBar({ unread, jump, markRead }: UnreadBarProps): VNode {
  return (
    <div class="unread-bar">
      <button type="button" onClick={jump}>
        <Icon name="up" />
        <span>{unreadText(unread, Date.now())}</span>
        <span class="jump">Jump there</span>
      </button>
      <button type="button" class="quiet" aria-label="Mark as read" title="Mark as read" onClick={markRead}>
        <Icon name="check" />
        <span>Mark as read</span>
      </button>
    </div>
  );
}

/** "37 new since 14:02", as far as is known. */
export function unreadText({ count, since }: Unread, now: number): string {
  const what = count === undefined ? 'New messages' : `${countText(count)} new`;
  if (since === undefined) return what;
  const day = dayName(since, now);
  const days = day === 'Today' ? '' : `${day === 'Yesterday' ? 'yesterday' : day}, `;
  return `${what} since ${days}${timeOfDay(since)}`;
}

/** What is said of them aloud, once they are counted. */
export function unreadSaid(unread: Unread | undefined, now: number): string {
  return unread?.count === undefined ? '' : `${unreadText(unread, now)}.`;
}

function countText(count: number): string {
  return count < UNREAD_MAX ? String(count) : `${UNREAD_MAX}+`;
}

/** Escape marks all as read, where it has nothing nearer to do. */
export function useMarkReadKey(isOffered: boolean, markRead: () => void): void {
  useEffect(() => {
    if (!isOffered) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      if (!asksToCancel(event) || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('dialog, [role="menu"]')) return;
      markRead();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [isOffered, markRead]);
}
