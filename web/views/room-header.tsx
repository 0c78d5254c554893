import type { ComponentChildren, RefObject, VNode } from 'preact';
import { Icon } from './icon.tsx';
import { LeaveForm } from './leave-form.tsx';
import { countText } from './people.tsx';
import { RoomMenu, type RoomMenuProps } from './room-menu.tsx';

export interface RoomHeaderProps extends RoomMenuProps {
  /** How many are here. */
  readonly count: number;
  readonly peopleButton: RefObject<HTMLButtonElement | null>;
  readonly isPeopleOpen: boolean;
  readonly togglePeople: () => void;
  /** What is pinned. */
  readonly pins?: ComponentChildren;
}

export function RoomHeader({ count, peopleButton, isPeopleOpen, togglePeople, pins, ...menu }: RoomHeaderProps): VNode {
  const { room, title, me, leave } = menu;
  return (
    <header class="room-header">
      {/* On a phone it stands for the navigation bar, which costs a fifth of what is left above a keyboard. */}
      <a class="to-start quiet icon-button" href="/" aria-label="To the first page">
        <Icon name="back" />
      </a>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {pins}
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
        <LeaveForm room={room} me={me} leave={leave}>
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
