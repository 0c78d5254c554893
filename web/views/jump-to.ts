import type { Address, Seq } from '../../protocol/ids.ts';
import { roomPath } from '../../protocol/names.ts';

/** Leads to a message: to its row where that is drawn, else by a link that opens the room around it. */
export function jumpTo(room: Address, seq: Seq, here: Address): void {
  const row = room === here ? rowOf(seq) : null;
  if (row === null) return location.assign(linkTo(room, seq, here, location));
  row.scrollIntoView({ block: 'center' });
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
}

/** As whom one is in this room goes along; in another one there is nobody of this id. */
export function linkTo(
  room: Address,
  seq: Seq,
  here: Address,
  { href, search }: Pick<Location, 'href' | 'search'>,
): string {
  const link = new URL(roomPath(room), href);
  const as = room === here ? new URLSearchParams(search).get('as') : null;
  if (as !== null) link.searchParams.set('as', as);
  link.searchParams.set('at', String(seq));
  return link.href;
}

function rowOf(seq: Seq): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.message[data-from="${seq}"]`);
}
