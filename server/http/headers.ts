import type { FastifyInstance } from 'fastify';
import type { Guard } from '../guard.ts';
import { safeHeaders } from '../safe-headers.ts';

/** Before all else, so that no answer goes without them. */
export function addHeaders(app: FastifyInstance, guard: Pick<Guard, 'clientOf'>): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(safeHeaders(guard.clientOf(request.raw).isSecure));
  });
}
