import type { FastifyRequest } from 'fastify';
import { THEME_COOKIE, type Theme, themeNamed } from '../../protocol/theme.ts';

const CHOICE = new RegExp(`(?:^|;\\s*)${THEME_COOKIE}=(\\w+)\\s*(?:;|$)`, 'u');

/** What was chosen in this browser. From the header itself: a request that failed early has no parsed cookies. */
export function themeOf(request: Pick<FastifyRequest, 'headers'>): Theme | undefined {
  return themeNamed(CHOICE.exec(request.headers.cookie ?? '')?.[1]);
}
