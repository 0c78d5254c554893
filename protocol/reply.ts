import { z } from 'zod';
import { clientId } from './fields.ts';
import { type Code, REFUSALS } from './refusals.ts';

const code = z.enum(Object.keys(REFUSALS) as [Code, ...Code[]]);
const no = { code, message: z.string(), retryAfter: z.int().min(0).optional() };

export const refusedReply = z.strictObject({ ok: z.literal(false), ...no });
/** One item of a request that was otherwise carried out. */
export const refusedItem = z.strictObject({ clientId, ...no });
export const done = z.strictObject({ ok: z.literal(true) });

export type RefusedItem = z.infer<typeof refusedItem>;
