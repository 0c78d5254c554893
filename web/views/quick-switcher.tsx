import type { VNode } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { Dialog } from '../controls/dialog.tsx';
import type { Destination } from '../state/destination.ts';
import type { ListedRoom } from '../state/room-list.ts';
import { type CommandContext, commandsOf } from './commands.ts';
import { LaterIcon } from './later-icon.tsx';
import { Avatar } from './person.tsx';
import { nameOf, RoomSign, UnreadCount } from './room-list.tsx';
import { found } from './search-words.ts';
import { SurroundingsContext } from './surroundings.tsx';

export interface QuickSwitcherProps extends Omit<CommandContext, 'openAround'> {
  readonly room: Address;
  readonly rooms: readonly ListedRoom[];
  readonly here: readonly Person[];
  readonly me: Person;
  readonly go: (to: Destination) => void;
  readonly writeTo: (person: Author) => void;
  readonly close: () => void;
}

interface Choice {
  readonly key: string;
  /** What it is found by. */
  readonly words: string;
  readonly shown: VNode;
  readonly choose: () => void;
}

interface Group {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** Of rooms, and of people: what does not fit the screen is found by one letter more. */
const MOST_SHOWN = 8;

/** Rooms, people and actions by their names (point 23): one field, and a list that the arrows go through. */
export function QuickSwitcher(props: QuickSwitcherProps): VNode {
  const { close } = props;
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const { settings, open: openAround } = useContext(SurroundingsContext);
  // What is set by the settings holds in all tabs.
  const groups = groupsOf({ ...props, choices: settings ?? props.choices, openAround }, typed);
  const choices = groups.flatMap((group) => group.choices);
  const chosen = choices[Math.min(at, choices.length - 1)];
  useEffect(() => {
    if (chosen !== undefined) document.getElementById(idOf(chosen))?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.key]);
  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    // First: what is chosen may open a dialog, which will give the focus back to where it was.
    close();
    choice.choose();
  };
  return (
    <Dialog labelledBy="switcher-heading" shape="card" close={close}>
      <div class="switcher">
        <h2 class="unseen" id="switcher-heading">
          Go to a room, a person or an action
        </h2>
        <div class="switcher-head">
          <SwitcherField
            {...{ typed, chosen }}
            type={(text) => {
              setTyped(text);
              setAt(0);
            }}
            move={(step) =>
              setAt((before) => (Math.min(before, choices.length - 1) + step + choices.length) % choices.length)
            }
            enter={() => choose(chosen)}
          />
          <button type="button" class="quiet icon-button" aria-label="Close" onClick={close}>
            <LaterIcon name="close" />
          </button>
        </div>
        <div class="switcher-list" role="listbox" id="switcher-list" aria-label="What was found">
          {groups.map((group) => (
            <GroupOfChoices key={group.label} {...{ group, chosen, choose }} />
          ))}
        </div>
        <p class="hint" role="status">
          {choices.length === 0 ? 'Nothing is called like this here.' : ''}
        </p>
      </div>
    </Dialog>
  );
}

interface SwitcherFieldProps {
  readonly typed: string;
  readonly chosen: Choice | undefined;
  readonly type: (text: string) => void;
  readonly move: (step: 1 | -1) => void;
  readonly enter: () => void;
}

function SwitcherField({ typed, chosen, type, move, enter }: SwitcherFieldProps): VNode {
  return (
    <input
      class="switcher-field"
      type="text"
      role="combobox"
      aria-label="Room, person or action"
      aria-expanded="true"
      aria-controls="switcher-list"
      aria-autocomplete="list"
      aria-activedescendant={chosen === undefined ? undefined : idOf(chosen)}
      placeholder="Room, person or action"
      autocomplete="off"
      spellcheck={false}
      dir="auto"
      enterkeyhint="go"
      value={typed}
      onInput={({ currentTarget }) => type(currentTarget.value)}
      onKeyDown={(event) => {
        // An Enter that chooses a word of an input method chooses nothing here.
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === 'ArrowDown') move(1);
        else if (event.key === 'ArrowUp') move(-1);
        else if (event.key === 'Enter') enter();
        else return;
        event.preventDefault();
      }}
    />
  );
}

interface GroupProps {
  readonly group: Group;
  readonly chosen: Choice | undefined;
  readonly choose: (choice: Choice) => void;
}

function GroupOfChoices({ group: { label, choices }, chosen, choose }: GroupProps): VNode {
  return (
    <div role="group" aria-label={label}>
      <p aria-hidden="true">{label}</p>
      {choices.map((choice) => (
        // The field keeps the focus, whatever presses here; what looks by other means may come to the option itself.
        <div
          key={choice.key}
          id={idOf(choice)}
          class="choice"
          role="option"
          tabIndex={-1}
          aria-selected={choice.key === chosen?.key}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(choice)}
          onKeyDown={(event) => (event.key === 'Enter' ? choose(choice) : undefined)}
        >
          {choice.shown}
        </div>
      ))}
    </div>
  );
}

function groupsOf(props: QuickSwitcherProps & CommandContext, typed: string): readonly Group[] {
  const all: readonly Group[] = [
    { label: 'Rooms', choices: found(roomChoices(props), typed).slice(0, MOST_SHOWN) },
    { label: 'People here', choices: found(peopleChoices(props), typed).slice(0, MOST_SHOWN) },
    { label: 'Actions', choices: found(actionChoices(props), typed) },
  ];
  return all.filter(({ choices }) => choices.length > 0);
}

function roomChoices({ rooms, room: current, go }: QuickSwitcherProps): readonly Choice[] {
  return rooms
    .filter(({ room }) => room !== current)
    .map((room) => ({
      key: `room ${room.room}`,
      words: `${nameOf(room)} ${room.direct === undefined ? room.room : ''}`,
      shown: (
        <>
          <RoomSign room={room} />
          <bdi>{nameOf(room)}</bdi>
          <UnreadCount count={room.unread} />
        </>
      ),
      choose: () => go({ room: room.room, title: room.title }),
    }));
}

/** Nobody is written to out of a conversation of two. */
function peopleChoices({ here, me, isDirect, writeTo }: QuickSwitcherProps): readonly Choice[] {
  if (isDirect) return [];
  return here
    .filter(({ id }) => id !== me.id)
    .map((person) => ({
      key: `person ${person.id}`,
      words: person.name,
      shown: (
        <>
          <Avatar id={person.id} own={false} />
          <span>
            Write to <bdi>{person.name}</bdi> directly
          </span>
        </>
      ),
      choose: () => writeTo(person),
    }));
}

function actionChoices(context: CommandContext): readonly Choice[] {
  return commandsOf(context).map(({ label, icon, run }) => ({
    key: `action ${label}`,
    words: label,
    shown: (
      <>
        <LaterIcon name={icon} />
        <span>{label}</span>
      </>
    ),
    choose: run,
  }));
}

function idOf({ key }: Choice): string {
  return `choice ${key}`.replaceAll(/\s/gu, '-');
}
