import type { VNode } from 'preact';
import type { Address } from '../../../protocol/ids.ts';

/** Where this session is somebody. */
export interface RecentRoom {
  readonly room: Address;
  readonly title: string;
  /** Who it is there. */
  readonly name: string;
  /** Comes in at once. */
  readonly path: string;
}

// Links, so that they work without scripts; the script adds the rooms that this browser remembers.
export function RecentRooms({ rooms }: { rooms: readonly RecentRoom[] }): VNode {
  return (
    <section class="recent" id="recent" hidden={rooms.length === 0}>
      <h2>Rooms you were in</h2>
      <ul>
        {rooms.map(({ room, title, name, path }) => (
          <li key={path}>
            <a class="chip" href={path} title={`${title} as ${name}`} data-room={room}>
              <bdi class="chip-room">{title}</bdi>{' '}
              <span class="chip-as">
                as <bdi>{name}</bdi>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
