import type { Target } from '../../protocol/fields.ts';
import { type Added, addEntry, type Content } from './add-entry.ts';
import type { LogRow, MemberRow, RoomRow } from './rows.ts';
import type { Said } from './store.ts';
import type { Transaction } from './transaction.ts';

/** What is done to a message. */
export type Change = Extract<Said, { target: Target }>;

/** L8: the message is as of this entry, whatever the change is. */
export function addChange(
  tx: Transaction,
  room: RoomRow,
  by: MemberRow,
  said: Change,
  target: LogRow,
  content: Pick<Content, 'body' | 'mentions'>,
): Added {
  const { kind, clientId } = said;
  const added = addEntry(tx, room, by, { ...content, kind, clientId, target: target.seq });
  target.rev = added.row.seq;
  return added;
}
