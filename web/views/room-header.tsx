import type { RefObject, VNode } from 'preact';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { Icon } from './icon.tsx';

export interface RoomHeaderProps {
  readonly room: Address;
  readonly title: string;
  readonly me: Person;
  readonly count: number;
  readonly peopleButton: RefObject<HTMLButtonElement | null>;
  readonly isPeopleOpen: boolean;
  readonly togglePeople: () => void;
  readonly leave: () => void;
}

export function RoomHeader({
  title,
  count,
  peopleButton,
  isPeopleOpen,
  togglePeople,
  ...rest
}: RoomHeaderProps): VNode {
  return (
    <header class="room-header">
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <button
        ref={peopleButton}
        type="button"
        class="quiet people-button"
        aria-expanded={isPeopleOpen}
        aria-controls="people"
        aria-label={`People here: ${count}`}
        onClick={togglePeople}
      >
        <Icon name="people" />
        <span>{count}</span>
      </button>
      <LeaveForm {...rest} />
    </header>
  );
}

// A plain form: it leaves even when the connection is gone, and the server leads to the first page.
function LeaveForm({ room, me, leave }: Pick<RoomHeaderProps, 'room' | 'me' | 'leave'>): VNode {
  return (
    <form method="post" action="/leave" onSubmit={() => leave()}>
      <input type="hidden" name="room" value={room} />
      {me.id === '' ? null : <input type="hidden" name="as" value={me.id} />}
      <button type="submit" class="quiet leave">
        <Icon name="leave" />
        <span>Leave this room</span>
      </button>
    </form>
  );
}
