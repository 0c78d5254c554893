// The act behind the login form: somebody gives a name and a room, and is a member of it.
import { MAX_MEMBERS_PER_ROOM, MAX_MEMBERS_PER_SESSION } from '../../protocol/limits.ts';
import { nameProblemText, roomName } from '../../protocol/names.ts';
import { REFUSALS } from '../../protocol/refusals.ts';
import type { Claimed, Member, Room, Session, Store } from '../store/store.ts';
import { takeableName } from './name-to-take.ts';
import { payToComeIn, type Visitor } from './toll.ts';

export interface Entry {
  /** As typed. */
  readonly name: string;
  readonly room: string;
  readonly visitor: Visitor;
  /** Who the browser says that it is, before anything is changed. */
  readonly session: () => Promise<Session | undefined>;
  /** Called once, and only when both names can be used: a visitor who mistypes leaves nothing behind. */
  readonly openSession: () => Promise<Session>;
}

/** In words, beside the field they concern; `form` concerns none. */
export interface EntryProblems {
  readonly name?: string;
  readonly room?: string;
  readonly form?: string;
}

export type Entered =
  /** `isOnly`: this session has no other member in the room. */
  | { readonly ok: true; readonly room: Room; readonly member: Member; readonly isOnly: boolean }
  | { readonly ok: false; readonly problems: EntryProblems };

/** Throws `rateLimited`, and what the store throws; coming in again with the same names is then the same member. */
export async function comeIn(store: Store, entry: Entry): Promise<Entered> {
  const name = takeableName(entry.name);
  const address = roomName(entry.room);
  if (!name.ok || !address.ok) {
    return no({
      ...(name.ok ? {} : { name: nameProblemText(name.problem, 'name') }),
      ...(address.ok ? {} : { room: nameProblemText(address.problem, 'room name') }),
    });
  }
  const before = await entry.session();
  await payToComeIn(store, entry.visitor, { session: before?.id, room: address.key, name: name.key });
  const session = await entry.openSession();
  const room = await store.openRoom(address.key, address.name);
  const claim = { room: room.id, session: session.id, name: name.name, key: name.key, skeleton: name.skeleton };
  const claimed = await store.claim(claim);
  if (!claimed.ok) return no(problemsOf(claimed.code));
  const all = await store.membersOf(session.id, room.id);
  return { ok: true, room, member: claimed.member, isOnly: all.length <= 1 };
}

function no(problems: EntryProblems): Entered {
  return { ok: false, problems };
}

function problemsOf(code: Extract<Claimed, { ok: false }>['code']): EntryProblems {
  switch (code) {
    case 'nameTaken':
      return { name: `${REFUSALS.nameTaken.message} Please take another.` };
    case 'forbidden':
      return { form: 'This conversation is open to its two members alone.' };
    case 'tooMany':
      return {
        form: `This browser has as many names as it may: ${MAX_MEMBERS_PER_ROOM} in a room, ${MAX_MEMBERS_PER_SESSION} in all. Come in with one of them, or give one up.`,
      };
  }
}
