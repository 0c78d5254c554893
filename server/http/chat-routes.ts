import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { addressOf, isDirect, nameProblemText, roomName, roomPath } from '../../protocol/names.ts';
import { memberMeant } from '../rooms/rights.ts';
import type { Member, Room, Session } from '../store/store.ts';
import { lead, queryOf, sendPage } from './answers.ts';
import type { HttpParts } from './http-parts.ts';
import { renderChat } from './pages/chat-page.tsx';
import { type LoginProblems, renderLogin } from './pages/login-page.tsx';
import { sessionOf } from './session-cookie.ts';
import { themeOf } from './theme.ts';

/** Whether it is there or not. */
const NOT_YOURS =
  'This conversation is open to its two members alone, in the browser that they opened it with. Come into a room to talk there.';

type RoomRequest = FastifyRequest<{ Params: { room: string } }>;

export function addChatRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/chat', async (request, reply) => {
    const session = await sessionOf(parts, request);
    return lead(reply, session?.lastRoom === undefined ? '/' : roomPath(session.lastRoom));
  });
  app.get<{ Params: { room: string } }>('/chat/:room', (request, reply) => showRoom(parts, request, reply));
}

async function showRoom(parts: HttpParts, request: RoomRequest, reply: FastifyReply): Promise<FastifyReply> {
  const spelling = request.params.room;
  if (spelling === '') return lead(reply, '/chat');
  const address = addressOf(spelling);
  if (address === undefined) return sendProblem(parts, request, reply, spelling, { room: whyNot(spelling) });
  const query = queryOf(request);
  if (address !== spelling) return lead(reply, withQuery(roomPath(address), query));
  const found = await findPlace(parts, request, address);
  // D2: no name that somebody could give leads there.
  if (!found && isDirect(address)) return sendProblem(parts, request, reply, '', { form: NOT_YOURS });
  if (!found) return lead(reply, `/?room=${encodeURIComponent(address)}`);
  await remember(parts, found.session, address);
  return sendPage(reply, 200, chatPage(parts, request, found, query.get('as') as MemberId | null));
}

function whyNot(spelling: string): string {
  const named = roomName(spelling);
  return named.ok ? '' : nameProblemText(named.problem, 'room name');
}

function sendProblem(
  parts: HttpParts,
  request: FastifyRequest,
  reply: FastifyReply,
  room: string,
  problems: LoginProblems,
): FastifyReply {
  const page = { assets: parts.files.login, theme: themeOf(request), name: '', room, problems };
  return sendPage(reply, 404, renderLogin(page));
}

interface Found {
  readonly session: Session;
  readonly room: Room;
  readonly own: readonly Member[];
}

/** Undefined where the session is no member: a room that is not there looks the same. */
async function findPlace(parts: HttpParts, request: FastifyRequest, address: Address): Promise<Found | undefined> {
  const { store } = parts.act;
  const session = await sessionOf(parts, request);
  const room = session && (await store.room(address));
  const own = room ? await store.membersOf(session.id, room.id) : [];
  return room && own.length > 0 ? { session, room, own } : undefined;
}

/** H3: an `as` that is not this session's is ignored. The page is told who it is, so that it can keep what is sent from the start. */
function chatPage(parts: HttpParts, request: FastifyRequest, { room, own }: Found, as: MemberId | null): string {
  const me = memberMeant(own, as ?? undefined, undefined);
  return renderChat({
    assets: parts.files.chat,
    theme: themeOf(request),
    room: room.address,
    title: room.title,
    memberName: me?.name ?? '',
    as: me?.id,
  });
}

/** Where /chat leads. A room can be shown without it, as when the disk is full. Two in turn are a write each (R9). */
async function remember(parts: HttpParts, session: Session, address: Address): Promise<void> {
  if (session.lastRoom === address || !parts.paces.mayRemember(session.id)) return;
  try {
    await parts.act.store.rememberRoom(session.id, address);
  } catch (error) {
    parts.logger.warn({ err: error }, 'the last room of a session could not be remembered');
  }
}

function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
