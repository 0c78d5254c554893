import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SessionId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { Buckets } from '../limits/buckets.ts';
import type { LimitName, Limits } from '../limits/limits.ts';
import { inSeconds } from './answers.ts';
import type { HttpParts } from './http-parts.ts';

/** Nothing: to refuse it would cost as much. */
type Costs = 'files' | 'nothing';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Left out: a token of the pages, or of the forms. */
    costs?: Costs;
  }
}

export interface PagePacesParts {
  /** Undefined: none is kept. */
  readonly limits: Limits | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly reached: (limit: LimitName) => void;
}

/** How fast this node is asked for pages. What it protects is this node's time, so it is not counted together with others. */
export class PagePaces {
  readonly #pages: Buckets<string>;
  readonly #forms: Buckets<string>;
  readonly #files: Buckets<string>;
  readonly #visits: Buckets<SessionId>;
  readonly #reached: PagePacesParts['reached'];

  constructor({ limits, clock, reached }: PagePacesParts) {
    this.#pages = new Buckets(limits?.pages, clock);
    this.#forms = new Buckets(limits?.forms, clock);
    this.#files = new Buckets(limits?.files, clock);
    this.#visits = new Buckets(limits?.visits, clock);
    this.#reached = reached;
  }

  /** 0 when the request may be answered, else the ms after which to try again. `network` as Client has it. */
  waitFor(method: string, costs: Costs | undefined, network: string): number {
    if (costs === 'nothing') return 0;
    if (costs === 'files') return this.#pay('files', this.#files, network);
    return isReading(method) ? this.#pay('pages', this.#pages, network) : this.#pay('forms', this.#forms, network);
  }

  /** Whether the room that a session visits may be written down. Nobody is told no: the page is the same. */
  mayRemember(session: SessionId): boolean {
    return this.#visits.take(session).taken > 0;
  }

  #pay(limit: LimitName, buckets: Buckets<string>, network: string): number {
    const { retryAfter } = buckets.take(network);
    if (retryAfter > 0) this.#reached(limit);
    return retryAfter;
  }
}

/** R9. Before all that costs more than saying no. */
export function addPaces(
  app: FastifyInstance,
  { guard, paces }: HttpParts,
  refuse: (reply: FastifyReply) => FastifyReply,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const wait = paces.waitFor(request.method, request.routeOptions.config.costs, guard.clientOf(request.raw).network);
    return wait === 0 ? undefined : refuse(reply.header('retry-after', inSeconds(wait)));
  });
}

export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
