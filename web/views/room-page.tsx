import type { RefObject, VNode } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Author } from '../../protocol/entries.ts';
import type { Address, ClientId, MemberId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import type { FoundDirect } from '../state/destination.ts';
import type { Shown } from '../shown.ts';
import { Announcer } from './announcer.tsx';
import type { Choices } from './choices.ts';
import { Composer, type ComposerActions } from './composer.tsx';
import { ConnectionBar, useBar } from './connection-bar.tsx';
import { EndedPanel } from './ended-panel.tsx';
import type { CrowdActions } from './crowd-list.tsx';
import type { EnterKeySetting } from './enter-key.ts';
import type { MessageActions } from './message-acts.ts';
import { useMessageLayers } from './message-layers.tsx';
import type { PendingActions } from './pending.tsx';
import type { NamingActions } from './room-dialog.tsx';
import { People } from './people.tsx';
import type { IgnoreActions } from './person-dialog.tsx';
import { type PlaceActions, useReading } from './reading.tsx';
import { Pins } from './pins.tsx';
import { RoomHeader } from './room-header.tsx';
import { type Opened, RoomOverlays, type RoomTabAround } from './room-overlays.tsx';
import type { SearchState } from './search-slot.tsx';
import { Toast, useToast } from './toast.tsx';
import { type ReadingActions, Transcript, type TranscriptProps } from './transcript.tsx';

export interface RoomPageProps extends Omit<Shown, 'spot' | 'refused'>, Partial<Pick<Shown, 'spot' | 'refused'>> {
  readonly enterKey: EnterKeySetting;
  readonly isTouch: boolean;
  /** There is room for the list of people beside the transcript. */
  readonly isWide: boolean;
  readonly choices: Choices;
  /** The same object at every drawing: rows are drawn anew when what they are given changes. */
  readonly actions: RoomActions;
  readonly around: RoomTabAround;
  /** What leads to the other rooms, where they do not stand beside this one. */
  readonly roomsButton?: VNode | undefined;
  /** Whether the search is open, and how to open it. */
  readonly search?: SearchState | undefined;
  /** Somebody has come here from another room of this tab: they go on writing. */
  readonly isCameTo?: boolean;
}

export interface RoomActions
  extends PendingActions,
    ComposerActions,
    ReadingActions,
    CrowdActions,
    MessageActions,
    NamingActions,
    IgnoreActions,
    PlaceActions {
  readonly findDirect: (member: MemberId) => Promise<FoundDirect>;
  readonly tryNow: () => void;
  readonly leave: () => void;
}

export function RoomPage(props: RoomPageProps): VNode {
  const { state, me, pending, link, draft, list, ignored, isKept, isWide, choices, actions, search } = props;
  const { room, title, topic, direct, here, crowd } = state;
  const field = useRef<HTMLTextAreaElement>(null);
  useFocusOnComing(props, field);
  const rowActions = useMemo(() => rowActionsOf(actions, () => field.current?.focus()), [actions]);
  const [sent, send] = useSending(actions);
  const people = besideSearch(usePeople(isWide, choices), search);
  const bar = useBar(link, state, isKept);
  const [toast, say] = useToast(props.refused);
  const over = useOver();
  const { focusComposer } = rowActions;
  const { perform, layer } = useMessageLayers({ ...props, room, say, focusComposer });
  const { unread, pickDate, dateDialog, unreadSaid } = useReading(props, say);
  return (
    <div class={`room ${people.isBeside ? 'with-people' : ''}`}>
      <SkipLink to={field} />
      <main>
        <RoomHeader
          {...{ room, title, topic, direct, me, say, pickDate, search }}
          {...over}
          count={crowd ?? here.length}
          peopleButton={people.button}
          isPeopleOpen={people.isOpen}
          togglePeople={people.toggle}
          pins={<Pins {...{ state, say }} {...actions} />}
          leave={actions.leave}
          start={props.roomsButton}
        />
        <div class="conversation">
          <ConnectionBar bar={bar} tryNow={actions.tryNow} />
          <Transcript {...props} {...{ sent, perform, unread, pickDate }} {...rowActions} />
        </div>
        <Obstacles {...{ link, room, isKept }} />
        <Composer {...props} {...actions} {...{ room, field, send }} title={direct?.name ?? title} text={draft} />
        {layer}
      </main>
      {people.isOpen ? (
        <People
          {...{ ...actions, here, crowd, list, me, ignored }}
          choosePerson={over.choosePerson}
          isBeside={people.isBeside}
          close={people.close}
        />
      ) : null}
      {dateDialog}
      <Over {...props} {...{ over, people, say }} />
      <Toast text={toast} />
      <Announcer {...{ state, pending, ignored }} asides={[bar.said, toast, unreadSaid]} />
    </div>
  );
}

// On a touch screen the keyboard would cover the half of what one came to read.
function useFocusOnComing({ isCameTo, isTouch }: RoomPageProps, field: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => (isCameTo === true && !isTouch ? field.current?.focus() : undefined), []);
}

interface OverState {
  readonly opened: Opened | undefined;
  readonly open: (what: Opened | undefined) => void;
  readonly choosePerson: (person: Person) => void;
  readonly leaveForm: RefObject<HTMLFormElement | null>;
}

function useOver(): OverState {
  const [opened, open] = useState<Opened>();
  const choosePerson = useCallback((person: Person) => open({ person }), []);
  return { opened, open, choosePerson, leaveForm: useRef<HTMLFormElement>(null) };
}

type OverProps = RoomPageProps & {
  readonly over: OverState;
  readonly people: PeopleState;
  readonly say: (text: string) => void;
};

function Over(props: OverProps): VNode {
  const { state, me, ignored, pending, choices, actions, around, people, say } = props;
  const { opened, open, leaveForm } = props.over;
  return (
    <RoomOverlays
      {...{ ...around, ...actions, ...state, me, ignored, choices, opened, open, say }}
      unsent={pending.length}
      close={() => open(undefined)}
      isPeopleOpen={people.isOpen}
      togglePeople={people.toggle}
      leaveRoom={() => leaveForm.current?.requestSubmit()}
      writeTo={(person) => void writeTo(person, props, say)}
    />
  );
}

async function writeTo(person: Author, { actions, around }: RoomPageProps, say: (text: string) => void): Promise<void> {
  const found = await actions.findDirect(person.id);
  if ('trouble' in found) say(found.trouble);
  else around.go({ ...found, title: person.name });
}

/** How often something was sent, and how to send. */
function useSending(actions: RoomActions): [number, RoomActions['send']] {
  const [sent, count] = useReducer<number, undefined>((before) => before + 1, 0);
  const send = useCallback(
    (text: string) => {
      actions.send(text);
      count(undefined);
    },
    [actions],
  );
  return [sent, send];
}

// Before one comes to it by the Tab key there are the bar, the header and the messages.
function SkipLink({ to }: { to: RefObject<HTMLElement | null> }): VNode {
  return (
    <button type="button" class="skip" onClick={() => to.current?.focus()}>
      Skip to writing
    </button>
  );
}

function Obstacles({ link, room, isKept }: Pick<RoomPageProps, 'link' | 'isKept'> & { room: Address }): VNode {
  return (
    <>
      {link.kind === 'ended' ? <EndedPanel link={link} room={room} /> : null}
      {isKept ? null : <NothingKept />}
    </>
  );
}

function NothingKept(): VNode {
  return (
    <p class="nothing-kept hint">
      This browser keeps nothing for Snug just now: what is not sent yet is lost when you close or reload this page.
    </p>
  );
}

interface PeopleState {
  readonly isOpen: boolean;
  readonly isBeside: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly toggle: () => void;
  readonly close: () => void;
}

/** Beside the transcript the list is there until it is closed, also after a reload; over it, only when it is asked for. */
function usePeople(isWide: boolean, choices: Choices): PeopleState {
  const [isShown, setShown] = useState(choices.isPeopleShown);
  const [isOver, setOver] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = isWide ? isShown : isOver;
  const show = useCallback(
    (isToBeOpen: boolean) => {
      if (!isWide) return setOver(isToBeOpen);
      setShown(isToBeOpen);
      choices.showPeople(isToBeOpen);
    },
    [isWide, choices],
  );
  const close = useCallback(() => {
    show(false);
    button.current?.focus();
  }, [show]);
  return { isOpen, isBeside: isWide && isOpen, button, toggle: () => show(!isOpen), close };
}

/** Beside the transcript there is room for one of the two. */
function besideSearch(people: PeopleState, search: SearchState | undefined): PeopleState {
  if (!search?.isBeside) return people;
  const toggle = (): void => {
    search.close();
    if (!people.isOpen) people.toggle();
    people.button.current?.focus();
  };
  return { ...people, isOpen: false, isBeside: false, toggle };
}

// The button that was pressed is gone afterwards: the focus goes where one writes, and is never lost.
function rowActionsOf(
  actions: RoomActions,
  focusComposer: () => void,
): Omit<TranscriptProps, 'state' | 'me' | 'pending' | 'sent' | 'ignored' | 'perform' | 'spot' | 'unread' | 'pickDate'> {
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
    loadNewer: actions.loadNewer,
    loadNewest: actions.loadNewest,
    showAround: actions.showAround,
    landed: actions.landed,
    markRead: actions.markRead,
    react: actions.react,
    lookUp: actions.lookUp,
    drawn: actions.drawn,
    inView: actions.inView,
    wentFrom: actions.wentFrom,
    focusComposer,
  };
}
