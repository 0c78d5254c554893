import type { ComponentChildren, RefObject, VNode } from 'preact';
import { Icon } from './icon.tsx';
import { LeaveForm } from './leave-form.tsx';
import { countText } from './people.tsx';
import { RoomMenu, type RoomMenuProps } from './room-menu.tsx';
import { SearchButton, type SearchState } from './search-slot.tsx';

export interface RoomHeaderProps extends RoomMenuProps {
  readonly title: string;
  readonly topic: string;
  readonly search: SearchState | undefined;
  /** How many are here. */
  readonly count: number;
  readonly peopleButton: RefObject<HTMLButtonElement | null>;
  readonly isPeopleOpen: boolean;
  readonly togglePeople: () => void;
  /** What is pinned. */
  readonly pins?: ComponentChildren;
  /** To be sent from elsewhere as well. */
  readonly leaveForm: RefObject<HTMLFormElement | null>;
  /** Stands before the title. */
  readonly start?: VNode | undefined;
}

export function RoomHeader(props: RoomHeaderProps): VNode {
  const { search, count, peopleButton, isPeopleOpen, togglePeople, start, pins, title, topic, leaveForm, ...menu } =
    props;
  const { room, direct, me, leave } = menu;
  return (
    <header class="room-header">
      {start}
      <div class="room-names">
        <h1>
          <bdi>{direct?.name ?? title}</bdi>
        </h1>
        {topic === '' ? null : (
          <p class="topic">
            <bdi>{topic}</bdi>
          </p>
        )}
      </div>
      {pins}
      {search === undefined ? null : <SearchButton {...search} />}
      <button
        ref={peopleButton}
        type="button"
        class="quiet people-button"
        aria-expanded={isPeopleOpen}
        aria-controls={isPeopleOpen ? 'people' : undefined}
        aria-label={count === 0 ? 'People here' : `People here: ${countText(count)}`}
        title="People here"
        onClick={togglePeople}
      >
        <Icon name="people" />
        <span>{count === 0 ? '' : countText(count)}</span>
      </button>
      <div class="leave">
        <LeaveForm room={room} me={me} leave={leave} form={leaveForm}>
          <button type="submit" class="quiet">
            <Icon name="leave" />
            Leave this room
          </button>
        </LeaveForm>
      </div>
      <RoomMenu {...menu} />
    </header>
  );
}
