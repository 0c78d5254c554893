// What the login page shows beside the empty form: what its address says, and what this session is known by.
import { webcrypto } from 'node:crypto';
import { addressOf, isDirect, suggestRoomName } from '../../protocol/names.ts';
import type { Membership } from '../store/store.ts';
import { type Guest, pathOf } from './guest.ts';
import type { HttpParts } from './http-parts.ts';
import { type Inside, MOST_SHOWN } from './pages/inside.tsx';
import type { LoginPage } from './pages/login-page.tsx';
import type { RecentRoom } from './pages/recent-rooms.tsx';

/** As many chips as fit two lines of a phone; the browser adds none beyond them (web/views/remembered.ts). */
const MOST_RECENT = 6;

type Facts = Pick<LoginPage, 'name' | 'room' | 'recent' | 'inside' | 'hasSession'>;

/** Without a guest it asks nothing of the store. */
export async function loginFacts(parts: HttpParts, query: URLSearchParams, guest: Guest | undefined): Promise<Facts> {
  const memberships = roomsOf(guest);
  const room = suggestedIn(query) ?? nameableIn(query) ?? memberships[0]?.room.title ?? '';
  const there = membershipIn(room, memberships);
  // Whoever is nobody in this room is called as where it was last.
  const name = query.get('name') ?? (there ?? memberships[0])?.member.name ?? '';
  return { name, room, ...knownFacts(guest), inside: there && (await insideOf(parts, there)) };
}

/** What does not depend on what is typed. */
export function knownFacts(guest: Guest | undefined): Pick<Facts, 'recent' | 'hasSession'> {
  return { hasSession: guest !== undefined, recent: guest === undefined ? [] : recentOf(guest) };
}

/** Whoever asks without scripts for a name that is hard to guess. */
function suggestedIn(query: URLSearchParams): string | undefined {
  return query.has('suggest') ? suggestRoomName((into) => webcrypto.getRandomValues(into)) : undefined;
}

function membershipIn(room: string, memberships: readonly Membership[]): Membership | undefined {
  const address = addressOf(room);
  return memberships.find((membership) => membership.room.address === address);
}

/** D1: nobody comes into a conversation of two by a name, or has chosen to have been in it last. */
function roomsOf(guest: Guest | undefined): readonly Membership[] {
  return guest?.memberships.filter(({ room }) => !isDirect(room.address)) ?? [];
}

function nameableIn(query: URLSearchParams): string | undefined {
  const room = query.get('room');
  return room === null || isDirect(room) ? undefined : room;
}

function recentOf(guest: Guest): RecentRoom[] {
  return roomsOf(guest)
    .slice(0, MOST_RECENT)
    .map((membership) => ({
      room: membership.room.address,
      title: membership.room.title,
      name: membership.member.name,
      path: pathOf(membership, guest),
    }));
}

/** For a member of the room alone. */
async function insideOf(parts: HttpParts, { room, member }: Membership): Promise<Inside> {
  const { store } = parts.act;
  // Of a crowd only those are read who are shown.
  const [now, here] = await Promise.all([store.heads([room.id]), store.here(room.id, MOST_SHOWN)]);
  return {
    title: room.title,
    count: now.get(room.id)?.here ?? here.length,
    people: here.map(({ id, name, session }) => ({ id, name, isOwn: session === member.session })),
  };
}
