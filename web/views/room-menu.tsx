import type { VNode } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import { Menu, MenuChoice, MenuGroup, MenuItem } from '../controls/menu.tsx';
import { copyText } from './copy.ts';
import { Icon } from './icon.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LeaveForm } from './leave-form.tsx';
import { type Parting, PartingDialog } from './parting-dialog.tsx';
import { roomLink } from './room-address.tsx';
import type { NamingActions, RoomDialogProps } from './room-dialog.tsx';
import type { Settings, Told } from './settings.ts';
import { SurroundingsContext } from './surroundings.tsx';

export interface RoomMenuProps extends NamingActions {
  readonly room: Address;
  readonly title: string;
  readonly topic: string;
  /** The other one in a conversation of two: there nobody can be invited. */
  readonly direct: Author | undefined;
  readonly me: Person;
  /** How many messages of one's own have not reached the server. */
  readonly unsent: number;
  /** Asks for the day to go to. */
  readonly pickDate: () => void;
  readonly leave: () => void;
  /** Says something that is over in a moment. */
  readonly say: (text: string) => void;
}

type Opened = 'invite' | 'about' | Parting;

const RoomDialog = whenNeeded<RoomDialogProps>(() => import('./room-dialog.tsx').then((made) => made.RoomDialog));

/** What one can do with the room as a whole, and with oneself in it. */
export function RoomMenu(props: RoomMenuProps): VNode {
  const { room, me, direct, say, pickDate, leave } = props;
  const { settings, open } = useContext(SurroundingsContext);
  const [opened, setOpened] = useState<Opened>();
  const copy = (): void => {
    // Where the page may not copy, the dialog has the link to select.
    copyText(roomLink(room)).then(
      () => say('Link copied'),
      () => setOpened('invite'),
    );
  };
  return (
    <>
      <Menu label="More" icon={<Icon name="more" />}>
        {direct !== undefined ? null : (
          <>
            <MenuItem icon={<Icon name="invite" />} choose={() => setOpened('invite')}>
              Invite people
            </MenuItem>
            <MenuItem icon={<Icon name="copy" />} choose={copy}>
              Copy link
            </MenuItem>
          </>
        )}
        <MenuItem icon={<Icon name="topic" />} choose={() => setOpened('about')}>
          {direct === undefined ? 'Title and topic …' : 'Topic …'}
        </MenuItem>
        <MenuItem icon={<Icon name="calendar" />} choose={pickDate}>
          Go to a date …
        </MenuItem>
        {settings === undefined ? null : <CallsGroup {...{ room, settings, open, say }} />}
        <MenuItem icon={<Icon name="settings" />} choose={() => open('settings')}>
          Settings …
        </MenuItem>
        <MenuGroup label={me.name === '' ? 'You' : `You are ${me.name}`}>
          <LeaveForm room={room} me={me} leave={leave} role="none">
            <MenuItem icon={<Icon name="leave" />}>Leave this room</MenuItem>
          </LeaveForm>
          <MenuItem icon={<Icon name="giveUp" />} choose={() => setOpened('giveUp')}>
            Give up my name …
          </MenuItem>
          <MenuItem icon={<Icon name="signOut" />} choose={() => setOpened('signOut')}>
            Sign out …
          </MenuItem>
        </MenuGroup>
      </Menu>
      {opened === undefined ? null : <OpenedDialog {...props} opened={opened} close={() => setOpened(undefined)} />}
    </>
  );
}

function OpenedDialog({ opened, ...props }: RoomMenuProps & { opened: Opened; close: () => void }): VNode {
  const { direct, close, say } = props;
  switch (opened) {
    case 'invite':
      return <InviteDialog {...props} />;
    case 'about':
      return <RoomDialog {...props} isDirect={direct !== undefined} failed={() => (say(NOT_LOADED), close())} />;
    default:
      return <PartingDialog {...props} parting={opened} />;
  }
}

const CALLS: readonly (readonly [Told, string, string])[] = [
  ['mentions', 'Mentions of me', 'You are notified of mentions here'],
  ['all', 'All messages', 'You are notified of all messages here'],
  ['none', 'Nothing', 'You are notified of nothing here'],
];

interface CallsGroupProps extends Pick<RoomMenuProps, 'room' | 'say'> {
  readonly settings: Settings;
  readonly open: (what: 'notifications') => void;
}

/** Point 25. Where notifications are not on yet, the settings say first what they are. */
function CallsGroup({ room, settings, open, say }: CallsGroupProps): VNode {
  const called = settings.ofRoom(room);
  const choose = (told: Told, words: string): void => {
    called.choose(told);
    if (told !== 'none' && settings.notifications.value === 'off') open('notifications');
    else say(words);
  };
  return (
    <MenuGroup label="Notify me of">
      {CALLS.map(([told, words, done]) => (
        <MenuChoice
          key={told}
          icon={<Icon name={told === 'none' ? 'bellOff' : 'bell'} />}
          mark={<Icon name="check" />}
          isChosen={called.value === told}
          choose={() => choose(told, done)}
        >
          {words}
        </MenuChoice>
      ))}
    </MenuGroup>
  );
}
