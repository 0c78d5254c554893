import type { RoomId } from '../../../protocol/ids.ts';
import type { QueryPart } from '../search-tokens.ts';

/** FTS5's language. Tokens hold no sign of ASCII, and ids none but letters and digits: quoting them is enough. */
export function matchExpression(rooms: readonly RoomId[], query: readonly QueryPart[]): string {
  const anyRoom = rooms.map((id) => `"${id}"`).join(' OR ');
  const everyPart = query.map((part) => `"${part.tokens.join(' ')}"${part.prefix ? '*' : ''}`).join(' AND ');
  return `room : (${anyRoom}) AND body : (${everyPart})`;
}
