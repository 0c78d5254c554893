import type { VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import type { Destination } from '../state/destination.ts';
import type { ListedRoom } from '../state/room-list.ts';
import type { CommandContext } from './commands.ts';
import type { OverRoomProps } from './over-room.tsx';
import type { Parting } from './parting-dialog.tsx';
import type { IgnoreActions } from './person-dialog.tsx';
import type { NamingActions } from './room-dialog.tsx';

/** What was opened over the room. */
export type Opened = 'invite' | 'about' | Parting | { readonly person: Author };

/** The tab around the room: which others there are, and the way to them. */
export interface RoomTabAround {
  readonly rooms: readonly ListedRoom[];
  readonly go: (to: Destination) => void;
  /** The quick switcher is open. */
  readonly isSwitching: boolean;
  readonly endSwitching: () => void;
}

export interface RoomOverlaysProps
  extends RoomTabAround,
    NamingActions,
    IgnoreActions,
    Omit<CommandContext, 'isDirect' | 'openAround'> {
  readonly room: Address;
  readonly title: string;
  readonly topic: string;
  readonly direct: Author | undefined;
  readonly me: Person;
  readonly here: readonly Person[];
  readonly ignored: readonly Author[];
  readonly unsent: number;
  readonly opened: Opened | undefined;
  readonly close: () => void;
  readonly leave: () => void;
  readonly writeTo: (person: Author) => void;
  readonly say: (text: string) => void;
}

const OverRoom = whenNeeded<OverRoomProps>(() => import('./over-room.tsx').then((made) => made.OverRoom));

/** What lies over the room: at most one dialog, and the quick switcher. */
export function RoomOverlays(props: RoomOverlaysProps): VNode | null {
  const { isSwitching, endSwitching, opened, close, say } = props;
  const failing = (end: () => void) => () => {
    say(NOT_LOADED);
    end();
  };
  if (isSwitching) return <OverRoom key="switcher" {...props} what="switcher" failed={failing(endSwitching)} />;
  if (opened === undefined) return null;
  return <OverRoom key="opened" {...props} what={opened} failed={failing(close)} />;
}
