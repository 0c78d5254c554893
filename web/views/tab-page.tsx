import type { RefObject, VNode } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import type { Destination } from '../state/destination.ts';
import type { Find, FoundHit } from '../state/found.ts';
import type { ListedRoom, RoomList } from '../state/room-list.ts';
import { isApple } from './composer-keys.ts';
import { Icon } from './icon.tsx';
import { countShown, RoomListPanel, type RoomListProps, UnreadCount } from './room-list.tsx';
import { RoomPage, type RoomPageProps } from './room-page.tsx';
import { asksForRoom, asksForSwitcher } from './room-keys.ts';
import { SearchSlot, useSearch } from './search-slot.tsx';

type Around = Pick<RoomPageProps, 'enterKey' | 'isTouch' | 'isWide' | 'choices' | 'actions'>;

/** What a room shows, whatever stands around it. */
export type ShownRoom = Omit<RoomPageProps, keyof Around | 'around' | 'roomsButton' | 'isCameTo'>;

export interface TabPageProps extends Around {
  /** The room that is shown. */
  readonly room: ShownRoom;
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
  const [over, setOver] = useState<'list' | 'switcher'>();
  const button = useRef<HTMLButtonElement>(null);
  const go = useCallback(
    (to: Destination) => {
      setOver(undefined);
      props.go(to);
    },
    [props.go],
  );
  const find = useCallback(() => setOver('switcher'), []);
  const endSwitching = useCallback(() => setOver(undefined), []);
  const close = useCallback(() => {
    // Browsers say that it was closed also when something else has taken its place by then.
    setOver((before) => (before === 'list' ? undefined : before));
    button.current?.focus();
  }, []);
  useRoomKeys({ rooms, current, go, find });
  const isCameTo = useHasMoved(current);
  const search = useSearch(isWide);
  const lead = useCallback(
    ({ room, title, entry: { seq } }: FoundHit) =>
      room === current ? actions.showAround(seq) : props.go({ room, title, at: seq }),
    [current, actions, props.go],
  );
  const list = { rooms, current, drafts, go, find };
  return (
    <div class="tab-page">
      {isWide ? <RoomListPanel {...list} /> : null}
      <RoomPage
        key={current}
        {...shown}
        {...{ actions, isCameTo, search, isWide, isTouch, enterKey, choices }}
        around={{ rooms, go, isSwitching: over === 'switcher', endSwitching }}
        roomsButton={isWide ? undefined : <RoomsButton {...{ rooms, current, button }} open={() => setOver('list')} />}
      />
      <SearchSlot search={search} room={current} me={shown.me.id} find={props.find} lead={lead} />
      {over === 'list' && !isWide ? (
        <Dialog labelledBy="rooms-heading" shape="start" close={close}>
          <RoomListPanel {...list} close={close} />
        </Dialog>
      ) : null}
    </div>
  );
}

interface RoomsButtonProps extends Pick<RoomListProps, 'rooms' | 'current'> {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly open: () => void;
}

/** Opens the drawer, and says how much is new elsewhere. */
function RoomsButton({ rooms, current, button, open }: RoomsButtonProps): VNode {
  const elsewhere = rooms.reduce((sum, { room, unread }) => sum + (room === current ? 0 : unread), 0);
  return (
    <button
      ref={button}
      type="button"
      class="quiet icon-button rooms-button"
      aria-haspopup="dialog"
      aria-label={elsewhere === 0 ? 'Rooms' : `Rooms, ${countShown(elsewhere)} unread`}
      onClick={open}
    >
      <Icon name="rooms" />
      <UnreadCount count={elsewhere} />
    </button>
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

function useRoomKeys(given: Pick<RoomListProps, 'rooms' | 'current' | 'go' | 'find'>): void {
  const latest = useRef(given);
  latest.current = given;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { rooms, current, go, find } = latest.current;
      const step = asksForSwitcher(event, isApple()) ? 'find' : asksForRoom(event);
      // What lies over the room has the keyboard for itself.
      if (step === undefined || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      if (step === 'find') return find();
      const at = rooms.findIndex(({ room }) => room === current);
      const next = rooms.at((at + (step === 'next' ? 1 : -1)) % rooms.length);
      if (next !== undefined && next.room !== current) go({ room: next.room, title: next.title });
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

/** Whether another room was shown before in this tab. */
function useHasMoved(current: Address): boolean {
  const first = useRef(current);
  const hasMoved = useRef(false);
  if (first.current !== current) hasMoved.current = true;
  return hasMoved.current;
}
