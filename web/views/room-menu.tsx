import type { VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { MenuButton } from '../controls/menu-button.tsx';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import { Icon } from './icon.tsx';
import type { RoomMenuListProps } from './room-menu-list.tsx';
import type { Opened } from './room-overlays.tsx';

export interface RoomMenuProps {
  readonly room: Address;
  /** The other one in a conversation of two: there nobody can be invited. */
  readonly direct: Author | undefined;
  readonly me: Person;
  /** Asks for the day to go to. */
  readonly pickDate: () => void;
  readonly leave: () => void;
  readonly open: (what: Opened) => void;
  /** Says something that is over in a moment. */
  readonly say: (text: string) => void;
}

const RoomMenuList = whenNeeded<RoomMenuListProps>(() =>
  import('./room-menu-list.tsx').then((made) => made.RoomMenuList),
);

/** The way to what one can do with the room as a whole. */
export function RoomMenu(props: RoomMenuProps): VNode {
  return (
    <MenuButton
      label="More"
      icon={<Icon name="more" />}
      list={(opened) => {
        const failed = (): void => {
          props.say(NOT_LOADED);
          opened.closeAndReturn();
        };
        return <RoomMenuList {...props} {...opened} failed={failed} />;
      }}
    />
  );
}
