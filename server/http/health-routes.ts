import type { FastifyInstance } from 'fastify';
import type { HttpParts } from './http-parts.ts';

/** For whoever watches or balances. They may be anybody, so the sentence about the store is in the log alone. */
export function addHealthRoutes(app: FastifyInstance, parts: HttpParts): void {
  const config = { costs: 'nothing' } as const;
  app.get('/health/live', { config }, () => ({ ok: true }));
  app.get('/health/ready', { config }, (_, reply) => {
    if (parts.isStopping()) return reply.code(503).send({ ok: false, problem: 'The server is stopping.' });
    if (parts.act.store.problem() === undefined) return { ok: true };
    return reply.code(503).send({ ok: false, problem: 'The store does not work; the log of the server says why.' });
  });
}
