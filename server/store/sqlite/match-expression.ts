import type { RoomId } from '../../../protocol/ids.ts';
import type { SearchQuery } from '../../../protocol/search-query.ts';
import { fromToken, hasToken } from './word-index.ts';

/** FTS5's language. Tokens hold no sign of ASCII, and ids none but letters and digits: quoting them is enough. */
export function matchExpression({ words, from, has }: SearchQuery, rooms?: readonly RoomId[]): string {
  const anyRoom = rooms?.map((id) => `"${id}"`).join(' OR ');
  const everyPart = words.map((part) => `"${part.tokens.join(' ')}"${part.prefix ? '*' : ''}`);
  const everyMark = [...from.map(fromToken), ...has.map(hasToken)].map((mark) => `"${mark}"`);
  const here = anyRoom === undefined ? [] : [`room : (${anyRoom})`];
  return [...here, ...inColumn('body', everyPart), ...inColumn('marks', everyMark)].join(' AND ');
}

function inColumn(column: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : [`${column} : (${all.join(' AND ')})`];
}
