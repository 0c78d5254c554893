import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { comeIn } from '../rooms/come-in.ts';
import type { Session } from '../store/store.ts';
import { lead, notNow, queryOf, sendPage } from './answers.ts';
import type { Form } from './form.ts';
import { asGuest, guestOf, placePath } from './guest.ts';
import type { HttpParts } from './http-parts.ts';
import { knownFacts, loginFacts } from './login-facts.ts';
import { type LoginPage, type LoginProblems, renderLogin } from './pages/login-page.tsx';
import { renewSession, senderOf, welcomeVisitor } from './session-cookie.ts';
import { themeOf } from './theme.ts';

type FormRequest = FastifyRequest<{ Body: Form | undefined }>;

export function addLoginRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/', (request, reply) => ask(parts, request, reply));
  app.post<{ Body: Form | undefined }>('/', (request, reply) => enter(parts, request, reply));
}

async function ask(parts: HttpParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = queryOf(request);
  const read = async () => loginFacts(parts, query, await guestOf(parts, request));
  const facts = (await orNothing(parts, read)) ?? (await loginFacts(parts, query, undefined));
  welcomeVisitor(parts, request, reply);
  const isSignedOut = parts.guard.tokenOf(request.raw) === undefined && comesFromSignOut(request);
  return sendLogin(parts, request, reply, 200, { problems: {}, ...facts, isSignedOut });
}

async function enter(parts: HttpParts, request: FormRequest, reply: FastifyReply): Promise<FastifyReply> {
  const name = request.body?.get('name') ?? '';
  const room = request.body?.get('room') ?? '';
  let renewed: Session | undefined;
  const again = async (status: number, problems: LoginProblems): Promise<FastifyReply> => {
    const known = await orNothing(parts, async () => {
      // The request knows the token that has just been replaced.
      const session = renewed ?? (await senderOf(parts, request));
      return knownFacts(session && (await asGuest(parts, session)));
    });
    return sendLogin(parts, request, reply, status, { name, room, problems, ...known });
  };
  try {
    const visitor = { network: parts.guard.clientOf(request.raw).network, tolls: parts.tolls };
    const session = () => senderOf(parts, request);
    const openSession = async () => (renewed = await renewSession(parts, request, reply));
    const entered = await comeIn(parts.act.store, { name, room, visitor, session, openSession });
    if (!entered.ok) return await again(422, entered.problems);
    return lead(reply, placePath(entered.room.address, entered.member.id, entered.isOnly));
  } catch (error) {
    const later = notNow(error);
    if (later === undefined) throw error;
    if (later.status === 503) parts.logger.warn({ err: error }, 'nobody can come in');
    reply.header('retry-after', later.seconds);
    return again(later.status, { form: later.sentence });
  }
}

function sendLogin(
  parts: HttpParts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: Omit<LoginPage, 'assets' | 'theme' | 'origin'>,
): FastifyReply {
  const theme = themeOf(request);
  const origin = parts.guard.originOf(request.raw);
  return sendPage(reply, status, renderLogin({ ...page, assets: parts.files.login, theme, origin }));
}

/** The form is shown also while the store is away: then without what is only good to know. */
async function orNothing<Known>(parts: HttpParts, read: () => Promise<Known>): Promise<Known | undefined> {
  try {
    return await read();
  } catch (error) {
    if (notNow(error) === undefined) throw error;
    parts.logger.warn({ err: error }, 'the login page is shown without what is known');
    return undefined;
  }
}

/** The form of our own sign-out page led here: the browser says so, and no other site can make it. */
function comesFromSignOut({ headers }: FastifyRequest): boolean {
  const { referer } = headers;
  if (referer === undefined || !URL.canParse(referer)) return false;
  const { host, pathname } = new URL(referer);
  return host === headers.host && pathname === '/sign-out';
}
