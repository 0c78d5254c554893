import type { Address, MemberId, Seq } from '../../protocol/ids.ts';
import { roomPath } from '../../protocol/names.ts';

/** A room that somebody wants to go to; as one of its members, where the session has several there. */
export interface Destination {
  readonly room: Address;
  /** What it is called, where that is known before it is joined. */
  readonly title?: string;
  readonly as?: MemberId;
  /** Which message to open it around. */
  readonly at?: Seq;
}

/** A conversation of two, and who one is in it; or in words why there is none. */
export type FoundDirect = { readonly room: Address; readonly as: MemberId } | { readonly trouble: string };

/** The page of a room: what its link says, for whoever opens it in another tab. */
export function linkTo({ room, as, at }: Destination): string {
  const query = new URLSearchParams({ ...(as !== undefined && { as }), ...(at !== undefined && { at: `${at}` }) });
  return query.size === 0 ? roomPath(room) : `${roomPath(room)}?${query.toString()}`;
}
