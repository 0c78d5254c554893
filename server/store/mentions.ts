// L14: whom a text mentions. Written once for all engines.
import type { Author } from '../../protocol/entries.ts';
import type { MemberId } from '../../protocol/ids.ts';
import type { RoomRow } from './rows.ts';
import type { Transaction } from './transaction.ts';

/** Those who are members of the room, each once, under the names of now; as a row keeps them, '' where there are none. */
export function mentionsOf(tx: Transaction, room: RoomRow, ids: readonly MemberId[] = []): string {
  const authors = [...new Set(ids)].flatMap((id): Author[] => {
    const member = tx.member(id);
    return member?.held && member.room === room.id ? [{ id, name: member.name }] : [];
  });
  return authors.length === 0 ? '' : JSON.stringify(authors);
}

/** Of what mentionsOf wrote. */
export function mentionedIn(mentions: string): Author[] {
  return mentions === '' ? [] : (JSON.parse(mentions) as Author[]);
}

/** The same people, whatever they were called. */
export function mentionsSame(one: string, other: string): boolean {
  return one === other || idsIn(one) === idsIn(other);
}

function idsIn(mentions: string): string {
  const ids = mentionedIn(mentions).map(({ id }) => id);
  return ids.sort().join();
}
