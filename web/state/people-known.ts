import type { Author } from '../../protocol/entries.ts';
import type { MemberId } from '../../protocol/ids.ts';
import type { PeopleList } from './people-list.ts';
import type { RoomState } from './room-state.ts';

/**
 * Whom somebody in this room may want to name, without oneself: first whoever spoke, the last one first, then whoever is
 * here. In a crowd (P7) those are known who were asked for.
 */
export function peopleKnown({ me, here, lines }: RoomState, { people }: PeopleList): readonly Author[] {
  const known = new Map<MemberId, string>();
  for (const line of lines.toReversed())
    if (line.kind === 'message' && !known.has(line.by.id)) known.set(line.by.id, line.by.name);
  // A line has the name that its writer had.
  for (const { id, name } of [...people, ...here]) known.set(id, name);
  if (me) known.delete(me.id);
  return Array.from(known, ([id, name]) => ({ id, name }));
}
