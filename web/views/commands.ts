import type { Choices } from './choices.ts';
import type { LaterIconName } from './later-icon.tsx';
import type { Opened } from './room-overlays.tsx';

/** Something one can do, to be found by its words. */
export interface Command {
  readonly label: string;
  readonly icon: LaterIconName;
  readonly run: () => void;
}

/** What commands are about: the room that is shown, and what is drawn around it. */
export interface CommandContext {
  readonly isDirect: boolean;
  readonly open: (what: Opened) => void;
  readonly isPeopleOpen: boolean;
  readonly togglePeople: () => void;
  readonly choices: Pick<Choices, 'theme' | 'chooseTheme'>;
  readonly leaveRoom: () => void;
  readonly openAround: (what: 'settings' | 'shortcuts') => void;
}

/** In the order in which they are offered. Each says what it is called now; undefined: not here. */
const COMMANDS: readonly ((context: CommandContext) => Command | undefined)[] = [
  ({ isDirect, open }) =>
    isDirect ? undefined : { label: 'Invite people', icon: 'invite', run: () => open('invite') },
  ({ isDirect, open }) => ({ label: isDirect ? 'Topic' : 'Title and topic', icon: 'topic', run: () => open('about') }),
  ({ isPeopleOpen, togglePeople }) => ({
    label: isPeopleOpen ? 'Hide the list of people' : 'Show the list of people',
    icon: 'people',
    run: togglePeople,
  }),
  ({ choices }) => themed(choices, 'light', 'Light colours'),
  ({ choices }) => themed(choices, 'dark', 'Dark colours'),
  ({ choices }) => themed(choices, 'system', 'Colours as the device has them'),
  ({ openAround }) => ({ label: 'Settings', icon: 'settings', run: () => openAround('settings') }),
  ({ openAround }) => ({ label: 'Keyboard shortcuts', icon: 'keyboard', run: () => openAround('shortcuts') }),
  () => ({ label: 'Join another room', icon: 'join', run: () => location.assign('/') }),
  ({ leaveRoom }) => ({ label: 'Leave this room', icon: 'leave', run: leaveRoom }),
  ({ open }) => ({ label: 'Give up my name', icon: 'giveUp', run: () => open('giveUp') }),
  ({ open }) => ({ label: 'Sign out', icon: 'signOut', run: () => open('signOut') }),
];

export function commandsOf(context: CommandContext): readonly Command[] {
  return COMMANDS.flatMap((made) => made(context) ?? []);
}

function themed(choices: CommandContext['choices'], theme: Choices['theme'], label: string): Command | undefined {
  return choices.theme === theme ? undefined : { label, icon: theme, run: () => choices.chooseTheme(theme) };
}
