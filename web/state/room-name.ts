import type { RoomState } from './room-state.ts';

/** As people call it from outside: a room has a sign before its name, so that it is not taken for a person. */
export function roomName({ title, direct }: Pick<RoomState, 'title' | 'direct'>): string {
  return direct?.name ?? `#${title}`;
}
