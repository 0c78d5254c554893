import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { MenuChoice, MenuGroup, MenuItem, MenuList } from '../controls/menu.tsx';
import type { OpenedMenu } from '../controls/menu-button.tsx';
import type { NeededProps } from '../controls/when-needed.tsx';
import { copyText } from './copy.ts';
import { LaterIcon } from './later-icon.tsx';
import { LeaveForm } from './leave-form.tsx';
import { roomLink } from './room-address.tsx';
import type { RoomMenuProps } from './room-menu.tsx';
import type { Settings, Told } from './settings.ts';
import { SurroundingsContext } from './surroundings.tsx';

export interface RoomMenuListProps extends RoomMenuProps, OpenedMenu, NeededProps {}

/** What one can do with the room as a whole, and with oneself in it. */
export function RoomMenuList({ room, me, direct, say, pickDate, leave, open, ...opened }: RoomMenuListProps): VNode {
  const around = useContext(SurroundingsContext);
  const copy = (): void => {
    // Where the page may not copy, the dialog has the link to select.
    copyText(roomLink(room)).then(
      () => say('Link copied'),
      () => open('invite'),
    );
  };
  return (
    <MenuList {...opened}>
      {direct !== undefined ? null : (
        <>
          <MenuItem icon={<LaterIcon name="invite" />} choose={() => open('invite')}>
            Invite people
          </MenuItem>
          <MenuItem icon={<LaterIcon name="copy" />} choose={copy}>
            Copy link
          </MenuItem>
        </>
      )}
      <MenuItem icon={<LaterIcon name="topic" />} choose={() => open('about')}>
        {direct === undefined ? 'Title and topic …' : 'Topic …'}
      </MenuItem>
      <MenuItem icon={<LaterIcon name="calendar" />} choose={pickDate}>
        Go to a date …
      </MenuItem>
      <MenuItem icon={<LaterIcon name="settings" />} choose={() => around.open('settings')}>
        Settings …
      </MenuItem>
      {around.hasKeyboard ? (
        <MenuItem icon={<LaterIcon name="keyboard" />} choose={() => around.open('shortcuts')}>
          Keyboard shortcuts
        </MenuItem>
      ) : null}
      {around.settings === undefined ? null : (
        <CallsGroup {...{ room, say }} settings={around.settings} open={around.open} />
      )}
      <MenuGroup label={me.name === '' ? 'You' : `You are ${me.name}`}>
        <LeaveForm room={room} me={me} leave={leave} role="none">
          <MenuItem icon={<LaterIcon name="leave" />}>Leave this room</MenuItem>
        </LeaveForm>
        <MenuItem icon={<LaterIcon name="devices" />} choose={() => location.assign('/devices')}>
          Your devices …
        </MenuItem>
        <MenuItem icon={<LaterIcon name="giveUp" />} choose={() => open('giveUp')}>
          Give up my name …
        </MenuItem>
        <MenuItem icon={<LaterIcon name="signOut" />} choose={() => open('signOut')}>
          Sign out …
        </MenuItem>
      </MenuGroup>
    </MenuList>
  );
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
          icon={<LaterIcon name={told === 'none' ? 'bellOff' : 'bell'} />}
          mark={<LaterIcon name="check" />}
          isChosen={called.value === told}
          choose={() => choose(told, done)}
        >
          {words}
        </MenuChoice>
      ))}
    </MenuGroup>
  );
}
