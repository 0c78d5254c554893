import type { VNode } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { UNREAD_MAX } from '../../protocol/limits.ts';
import { nextItem } from '../controls/roving.ts';
import { type Destination, linkTo } from '../state/destination.ts';
import type { ListedRoom } from '../state/room-list.ts';
import { isApple } from './composer-keys.ts';
import { Icon } from './icon.tsx';
import { Avatar } from './person.tsx';
import { Unchanging } from './redraw.tsx';

export interface RoomListProps {
  /** The one with the latest news first; the one that is shown is among them. */
  readonly rooms: readonly ListedRoom[];
  readonly current: Address;
  /** Where something was typed and not sent. */
  readonly drafts: ReadonlySet<Address>;
  readonly go: (to: Destination) => void;
  /** Opens the quick switcher. */
  readonly find: () => void;
  /** Where the list lies over the room. */
  readonly close?: (() => void) | undefined;
}

/** The rooms of this session: links, which work in another tab and without this one. */
export class RoomListPanel extends Unchanging<RoomListProps> {
  override render(): VNode {
    const { rooms, find, close } = this.props;
    return (
      <nav class="rooms" aria-labelledby="rooms-heading">
        <header>
          <h2 id="rooms-heading">Rooms</h2>
          <FindButton find={find} />
          {close === undefined ? null : (
            <button type="button" class="quiet icon-button" aria-label="Close the list" onClick={close}>
              <Icon name="close" />
            </button>
          )}
        </header>
        <Links {...this.props} />
        {rooms.length > 1 ? null : <p class="hint">When you are in more rooms than this one, they stand here.</p>}
        <a class="join-another" href="/">
          <Icon name="join" />
          Join another room
        </a>
      </nav>
    );
  }
}

function FindButton({ find }: Pick<RoomListProps, 'find'>): VNode {
  const isOnApple = isApple();
  return (
    <button
      type="button"
      class="quiet icon-button find"
      aria-label="Go to a room, a person or an action"
      aria-keyshortcuts={isOnApple ? 'Meta+K' : 'Control+K'}
      title={`Go to … (${isOnApple ? '⌘K' : 'Ctrl+K'})`}
      onClick={find}
    >
      <Icon name="find" />
    </button>
  );
}

/** One stop of the Tab key; arrows go through it, and a letter to what begins with it. */
function Links({ rooms, current, drafts, go, close }: RoomListProps): VNode {
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<Address>();
  const stop = rooms.some(({ room }) => room === focused) ? focused : current;
  const move = useCallback((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const next = nextItem(links, document.activeElement, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }, []);
  return (
    <ul ref={list}>
      {rooms.map((room) => (
        <li key={room.room} onFocusIn={() => setFocused(room.room)}>
          <RoomLink
            room={room}
            isCurrent={room.room === current}
            hasDraft={room.room !== current && drafts.has(room.room)}
            isStop={room.room === stop}
            isFirst={close !== undefined && room.room === current}
            {...{ go, move }}
          />
        </li>
      ))}
    </ul>
  );
}

interface RoomLinkProps extends Pick<RoomListProps, 'go'> {
  readonly room: ListedRoom;
  readonly isCurrent: boolean;
  readonly hasDraft: boolean;
  readonly isStop: boolean;
  /** It has the focus when the list is opened over the room. */
  readonly isFirst: boolean;
  readonly move: (event: KeyboardEvent) => void;
}

class RoomLink extends Unchanging<RoomLinkProps> {
  override render(): VNode {
    const { room, isCurrent, hasDraft, isStop, isFirst, go, move } = this.props;
    // What is new in the room that is shown is told there.
    const unread = isCurrent ? 0 : room.unread;
    return (
      <a
        class={`room-link ${unread > 0 ? 'unread' : ''}`}
        href={linkTo(room)}
        aria-current={isCurrent ? 'page' : undefined}
        tabIndex={isStop ? 0 : -1}
        autofocus={isFirst}
        onKeyDown={move}
        onClick={(event) => {
          if (!isPlain(event)) return;
          event.preventDefault();
          go({ room: room.room, title: room.title });
        }}
      >
        <RoomSign room={room} />
        <span class="title">
          <bdi>{nameOf(room)}</bdi>
        </span>
        {hasDraft ? <span class="draft">draft</span> : null}
        {unread > 0 && room.mentioned ? <MentionMark /> : null}
        <UnreadCount count={unread} />
      </a>
    );
  }
}

/** A person's picture for a conversation of two, else the sign of a room. */
export function RoomSign({ room: { direct } }: { room: Pick<ListedRoom, 'direct'> }): VNode {
  return direct === undefined ? <Icon name="room" /> : <Avatar id={direct.id} own={false} />;
}

export function nameOf({ direct, title }: Pick<ListedRoom, 'direct' | 'title'>): string {
  return direct?.name ?? title;
}

function MentionMark(): VNode {
  return (
    <span class="mention-mark">
      <span aria-hidden="true">@</span>
      <span class="unseen">, mentions you</span>
    </span>
  );
}

export function UnreadCount({ count }: { count: number }): VNode | null {
  if (count <= 0) return null;
  return (
    <span class="unread-count">
      <span class="unseen">, </span>
      {countShown(count)}
      <span class="unseen"> unread</span>
    </span>
  );
}

/** The server counts no further. */
export function countShown(count: number): string {
  return count >= UNREAD_MAX ? `${UNREAD_MAX - 1}+` : String(count);
}

/** Whoever holds a key, or uses another button, wants it in another tab. */
function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
