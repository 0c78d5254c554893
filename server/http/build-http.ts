// The HTTP side put together: guards and headers for everything, then the routes. It listens to nothing by itself.
import cookie from '@fastify/cookie';
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { notNow, sendPage } from './answers.ts';
import { attempt } from '../surprises.ts';
import { answerBroken } from './broken-request.ts';
import { serveBuiltFiles } from './built-files.ts';
import { addChatRoutes } from './chat-routes.ts';
import { addComeAlongRoutes } from './come-along-routes.ts';
import { addDeviceRoutes } from './device-routes.ts';
import { readForm } from './form.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addHeaders } from './headers.ts';
import type { HttpParts } from './http-parts.ts';
import { addLeaveRoutes } from './leave-routes.ts';
import { addLoginRoutes } from './login-routes.ts';
import { addNameRoutes } from './name-routes.ts';
import { addPaces, isReading } from './page-paces.ts';
import { renderError } from './pages/error-page.tsx';
import { themeOf } from './theme.ts';

/** Three fields of a form, each far beyond what its rule takes; and whoever sends more is no form of ours. */
const MAX_BODY_BYTES = 16 * 1024;
/** Node bounds the whole head of a request to 16 kB: a room's name can be no longer. */
const MAX_PARAM_LENGTH = 16 * 1024;
/** What a request says of hosts: a name has 253 characters at most, whatever somebody sends. */
const MAX_SHOWN = 255;
/** An address whose % codes are no UTF-8 is nowhere. No room can be called so. */
const NOWHERE = '/%5C';

export async function buildHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { failed } = parts;
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: parts.requestMs,
    http: { headersTimeout: parts.requestMs, connectionsCheckingInterval: Math.ceil(parts.requestMs / 2) },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // Fastify catches nothing of these two.
    rewriteUrl: ({ url = '/' }) => (attempt(() => isReadable(url), false, failed) ? url : NOWHERE),
    clientErrorHandler: (error, socket) =>
      void socket.destroy(attempt(() => answerBroken(error, socket), error, failed)),
  });
  addHeaders(app, parts.guard);
  addPaces(app, parts, (reply) => sendFailure(parts, reply, 429));
  addGuard(app, parts);
  await app.register(cookie);
  takeFormsAlone(app);
  await serveBuiltFiles(app, parts.files.folder);
  addHealthRoutes(app, parts);
  addLoginRoutes(app, parts);
  addChatRoutes(app, parts);
  addLeaveRoutes(app, parts);
  addNameRoutes(app, parts);
  addDeviceRoutes(app, parts);
  addComeAlongRoutes(app, parts);
  app.setNotFoundHandler((_, reply) => sendFailure(parts, reply, 404));
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(parts, error, request, reply));
  await app.ready();
  return app;
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/** Before anything is read or remembered. Who watches the health asks by address, from wherever it is. */
function addGuard(app: FastifyInstance, parts: HttpParts): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health/')) return undefined;
    if (!parts.guard.isOurs(request.raw)) {
      parts.logger.warn({ host: shown(request.host) }, 'asked under a name that is not ours');
      return reply.code(421).type('text/plain; charset=utf-8').send(notOurName(parts, request));
    }
    if (isReading(request.method) || parts.guard.mayAct(request.raw)) return undefined;
    const told = { origin: shown(request.headers.origin), url: request.routeOptions.url };
    parts.logger.warn(told, 'a form of a foreign page');
    return sendFailure(parts, reply, 403);
  });
}

function shown(name: string | undefined): string | undefined {
  return name?.slice(0, MAX_SHOWN);
}

function notOurName({ guard }: HttpParts, request: FastifyRequest): string {
  const origin = `${guard.isSecure(request.raw) ? 'https' : 'http'}://${shown(request.host)}`;
  return `Snug does not answer under this address.\nIf it is your server, start it with SNUG_ORIGINS=${origin}\n`;
}

function takeFormsAlone(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (_: FastifyRequest, body: Buffer) => readForm(body),
  );
}

function sendFailure(parts: HttpParts, reply: FastifyReply, status: number): FastifyReply {
  return sendPage(reply, status, renderError({ assets: parts.files.login, status, theme: themeOf(reply.request) }));
}

function answerError(
  parts: HttpParts,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const later = notNow(error);
  const status = later?.status ?? error.statusCode ?? 500;
  if (later) reply.header('retry-after', later.seconds);
  // What is typed in a form is not logged, and neither is the query: it may hold what somebody meant for a room.
  const told = { err: error, method: request.method, url: request.routeOptions.url };
  const kind = `${request.method} ${told.url}: ${status} ${error.name}`;
  if (status >= 500) parts.logger.error(told, 'a request failed', kind);
  else parts.logger.debug(told, 'a request was refused', kind);
  return sendFailure(parts, reply, status);
}
