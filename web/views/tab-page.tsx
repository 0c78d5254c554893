import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import type { Destination } from '../state/destination.ts';
import type { Find, FoundHit } from '../state/found.ts';
import type { ListedRoom, RoomList } from '../state/room-list.ts';
import { Icon } from './icon.tsx';
import { countShown, RoomListPanel, UnreadCount } from './room-list.tsx';
import { RoomPage, type RoomPageProps } from './room-page.tsx';
import { asksForRoom } from './room-keys.ts';
import { SearchSlot, useSearch } from './search-slot.tsx';

type Around = Pick<RoomPageProps, 'enterKey' | 'isTouch' | 'isWide' | 'choices' | 'actions'>;

export interface TabPageProps extends Around {
  /** The room that is shown. */
  readonly room: Omit<RoomPageProps, keyof Around | 'roomsButton' | 'isCameTo' | 'search'>;
  readonly rooms: RoomList;
  /** Where something was typed and not sent. */
  readonly drafts: ReadonlySet<Address>;
  readonly find: Find;
  readonly go: (to: Destination) => void;
}

/** The room that is shown, and the way to the others: beside it, or in a drawer where there is no room for that. */
export function TabPage(props: TabPageProps): VNode {
  const { room: shown, drafts, isWide, isTouch, enterKey, choices, actions } = props;
  const { room: current } = shown.state;
  const rooms = useRooms(props);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const go = useCallback(
    (to: Destination) => {
      setOpen(false);
      props.go(to);
    },
    [props.go],
  );
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  useRoomKeys(rooms, current, go);
  const isCameTo = useHasMoved(current);
  const search = useSearch(isWide);
  const lead = useCallback(
    ({ room, title, entry: { seq } }: FoundHit) =>
      room === current ? actions.showAround(seq) : props.go({ room, title, at: seq }),
    [current, actions, props.go],
  );
  const list = { rooms, current, drafts, go };
  const elsewhere = rooms.reduce((sum, { room, unread }) => sum + (room === current ? 0 : unread), 0);
  return (
    <div class="tab-page">
      {isWide ? <RoomListPanel {...list} /> : null}
      <RoomPage
        key={current}
        {...shown}
        {...{ actions, isCameTo, search, isWide, isTouch, enterKey, choices }}
        roomsButton={
          isWide ? undefined : (
            <button
              ref={button}
              type="button"
              class="quiet icon-button rooms-button"
              aria-haspopup="dialog"
              aria-label={elsewhere === 0 ? 'Rooms' : `Rooms, ${countShown(elsewhere)} unread`}
              onClick={() => setOpen(true)}
            >
              <Icon name="rooms" />
              <UnreadCount count={elsewhere} />
            </button>
          )
        }
      />
      <SearchSlot search={search} room={current} me={shown.me.id} find={props.find} lead={lead} />
      {isOpen && !isWide ? (
        <Dialog labelledBy="rooms-heading" shape="start" close={close}>
          <RoomListPanel {...list} close={close} />
        </Dialog>
      ) : null}
    </div>
  );
}

/** As the server lists them; the one that is shown is there before it has answered. */
function useRooms({ rooms: { rooms }, room: { state } }: TabPageProps): readonly ListedRoom[] {
  const { room, title, topic, direct } = state;
  return useMemo(() => {
    if (rooms.some((one) => one.room === room)) return rooms;
    const counted = { head: 0, unread: 0, mentioned: false };
    return [{ room, title, topic, direct, unread: 0, mentioned: false, counted, readTo: 0, since: [] }, ...rooms];
  }, [rooms, room, title, topic, direct]);
}

function useRoomKeys(rooms: readonly ListedRoom[], current: Address, go: (to: Destination) => void): void {
  const latest = useRef({ rooms, current });
  latest.current = { rooms, current };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const step = asksForRoom(event);
      // What lies over the room has the keyboard for itself.
      if (step === undefined || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      const { rooms: listed, current: shown } = latest.current;
      const at = listed.findIndex(({ room }) => room === shown);
      const next = listed.at((at + (step === 'next' ? 1 : -1)) % listed.length);
      if (next !== undefined && next.room !== shown) go({ room: next.room, title: next.title });
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [go]);
}

/** Whether another room was shown before in this tab. */
function useHasMoved(current: Address): boolean {
  const first = useRef(current);
  const hasMoved = useRef(false);
  if (first.current !== current) hasMoved.current = true;
  return hasMoved.current;
}
