import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { roomPath } from '../../protocol/names.ts';
import { comeIn, type Entered } from '../rooms/come-in.ts';
import { lead, queryOf, sendPage, storeSentence } from './answers.ts';
import type { Form } from './form.ts';
import type { HttpParts } from './http-parts.ts';
import { type LoginProblems, renderLogin } from './pages/login-page.tsx';
import { renewSession } from './session-cookie.ts';

type FormRequest = FastifyRequest<{ Body: Form | undefined }>;

export function addLoginRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/', (request, reply) => {
    const room = queryOf(request).get('room') ?? '';
    return sendPage(reply, 200, renderLogin({ assets: parts.files.login, name: '', room, problems: {} }));
  });
  app.post<{ Body: Form | undefined }>('/', (request, reply) => enter(parts, request, reply));
}

async function enter(parts: HttpParts, request: FormRequest, reply: FastifyReply): Promise<FastifyReply> {
  const name = request.body?.get('name') ?? '';
  const room = request.body?.get('room') ?? '';
  const again = (status: number, problems: LoginProblems): FastifyReply =>
    sendPage(reply, status, renderLogin({ assets: parts.files.login, name, room, problems }));
  try {
    const openSession = () => renewSession(parts, request, reply);
    const entered = await comeIn(parts.act.store, { name, room, openSession });
    return entered.ok ? lead(reply, pathOf(entered)) : again(422, entered.problems);
  } catch (error) {
    const form = storeSentence(error);
    if (form === undefined) throw error;
    parts.logger.warn({ err: error }, 'nobody can come in');
    return again(503, { form });
  }
}

/** H3: the address says which of several members this tab is. */
function pathOf({ room, member, isOnly }: Extract<Entered, { ok: true }>): string {
  return isOnly ? roomPath(room.address) : `${roomPath(room.address)}?as=${encodeURIComponent(member.id)}`;
}
