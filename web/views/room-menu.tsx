import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import { Menu, MenuChoice, MenuGroup, MenuItem } from '../controls/menu.tsx';
import type { Choices, ThemeChoice } from './choices.ts';
import { copyText } from './copy.ts';
import type { EnterKey, EnterKeySetting } from './enter-key.ts';
import { Icon } from './icon.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LeaveForm } from './leave-form.tsx';
import { type Parting, PartingDialog } from './parting-dialog.tsx';
import { roomLink } from './room-address.tsx';
import type { NamingActions, RoomDialogProps } from './room-dialog.tsx';

export interface RoomMenuProps extends NamingActions {
  readonly room: Address;
  readonly title: string;
  readonly topic: string;
  /** The other one in a conversation of two: there nobody can be invited. */
  readonly direct: Author | undefined;
  readonly me: Person;
  /** How many messages of one's own have not reached the server. */
  readonly unsent: number;
  readonly choices: Choices;
  /** What Enter does; undefined where there is no keyboard to ask for. */
  readonly enterKey: EnterKeySetting | undefined;
  readonly leave: () => void;
  /** Says something that is over in a moment. */
  readonly say: (text: string) => void;
}

type Opened = 'invite' | 'about' | Parting;

const RoomDialog = whenNeeded<RoomDialogProps>(() => import('./room-dialog.tsx').then((made) => made.RoomDialog));

/** What one can do with the room as a whole, and with oneself in it. */
export function RoomMenu(props: RoomMenuProps): VNode {
  const { room, me, direct, choices, enterKey, say, leave } = props;
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
        <ThemeGroup choices={choices} />
        {enterKey === undefined ? null : <EnterKeyGroup enterKey={enterKey} />}
        <MenuGroup label={me.name === '' ? 'You' : `You are ${me.name}`}>
          <LeaveForm room={room} me={me} leave={leave} role="none">
            <MenuItem icon={<Icon name="leave" />}>Leave this room</MenuItem>
          </LeaveForm>
          <MenuItem icon={<Icon name="devices" />} choose={() => location.assign('/devices')}>
            Your devices …
          </MenuItem>
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

const THEMES: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'As the device'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function ThemeGroup({ choices }: Pick<RoomMenuProps, 'choices'>): VNode {
  return (
    <MenuGroup label="Colours">
      {THEMES.map(([theme, words]) => (
        <MenuChoice
          key={theme}
          icon={<Icon name={theme} />}
          mark={<Icon name="check" />}
          isChosen={choices.theme === theme}
          choose={() => choices.chooseTheme(theme)}
        >
          {words}
        </MenuChoice>
      ))}
    </MenuGroup>
  );
}

const ENTER_KEYS: readonly (readonly [EnterKey, string])[] = [
  ['sends', 'sends the message'],
  ['breaks', 'breaks the line'],
];

function EnterKeyGroup({ enterKey }: { enterKey: EnterKeySetting }): VNode {
  return (
    <MenuGroup label="The Enter key">
      {ENTER_KEYS.map(([key, words]) => (
        <MenuChoice
          key={key}
          icon={<Icon name={key === 'sends' ? 'send' : 'enter'} />}
          mark={<Icon name="check" />}
          isChosen={enterKey.value === key}
          choose={() => enterKey.choose(key)}
        >
          {words}
        </MenuChoice>
      ))}
    </MenuGroup>
  );
}
