import type { VNode } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { ClientId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import type { LinkState, PendingMessage, RoomState } from '../state/room-state.ts';
import { Announcer } from './announcer.tsx';
import { Composer } from './composer.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { EndedPanel } from './ended-panel.tsx';
import type { PendingActions } from './pending.tsx';
import { People } from './people.tsx';
import { RoomHeader } from './room-header.tsx';
import { Transcript, type TranscriptProps } from './transcript.tsx';

export interface RoomPageProps {
  readonly state: RoomState;
  /** This tab's member; as the page says, until the first join was answered. */
  readonly me: Person;
  /** Of this tab's member in this room, oldest first. */
  readonly pending: readonly PendingMessage[];
  readonly link: LinkState;
  readonly draft: string;
  readonly isTouch: boolean;
  /** There is room for the list of people beside the transcript. */
  readonly isWide: boolean;
  /** The same object at every drawing: rows are drawn anew when what they are given changes. */
  readonly actions: RoomActions;
}

export interface RoomActions extends PendingActions {
  readonly write: (text: string) => void;
  readonly send: (text: string) => void;
  readonly loadOlder: () => void;
  /** Whether the reader reads along at the bottom; at first they do. */
  readonly follow: (isFollowing: boolean) => void;
  readonly tryNow: () => void;
  readonly leave: () => void;
}

export function RoomPage({ state, me, pending, link, draft, isTouch, isWide, actions }: RoomPageProps): VNode {
  const [isPeopleOpen, setPeopleOpen] = useState(isWide);
  const { room, title, here } = state;
  const field = useRef<HTMLTextAreaElement>(null);
  const rowActions = useMemo(() => rowActionsOf(actions, () => field.current?.focus()), [actions]);
  const peopleButton = useRef<HTMLButtonElement>(null);
  const closePeople = useCallback(() => {
    setPeopleOpen(false);
    peopleButton.current?.focus();
  }, []);
  return (
    <div
      class={`room ${isPeopleOpen ? 'with-people' : ''}`}
      onKeyDown={({ key }) => {
        if (key === 'Escape' && !isWide && isPeopleOpen) closePeople();
      }}
    >
      <main>
        <RoomHeader
          {...{ room, title, me, isPeopleOpen }}
          count={here.length}
          peopleButton={peopleButton}
          togglePeople={() => setPeopleOpen((isOpen) => !isOpen)}
          leave={actions.leave}
        />
        <ConnectionBar link={link} tryNow={actions.tryNow} />
        <Transcript {...{ state, me, pending }} {...rowActions} />
        {link.kind === 'ended' ? <EndedPanel link={link} room={room} /> : null}
        <Composer
          title={title}
          field={field}
          text={draft}
          isTouch={isTouch}
          write={actions.write}
          send={actions.send}
        />
      </main>
      {isPeopleOpen ? <People here={here} me={me} close={closePeople} /> : null}
      <Announcer state={state} pending={pending} />
    </div>
  );
}

// The button that was pressed is gone afterwards: the focus goes where one writes, and is never lost.
function rowActionsOf(
  actions: RoomActions,
  focusComposer: () => void,
): Omit<TranscriptProps, 'state' | 'me' | 'pending'> {
  const thenFocus =
    (act: (id: ClientId) => void) =>
    (id: ClientId): void => {
      act(id);
      focusComposer();
    };
  return {
    retry: thenFocus(actions.retry),
    edit: thenFocus(actions.edit),
    discard: thenFocus(actions.discard),
    loadOlder: actions.loadOlder,
    follow: actions.follow,
    focusComposer,
  };
}
