// Messages that were looked for in several rooms at once.
import { z } from 'zod';
import { entry } from './entries.ts';
import { address, roomSpelling, seq } from './fields.ts';
import { HITS_MAX } from './limits.ts';

/** Of a page of hits: which ones. `before` is what the page before said as `next`. */
export const page = {
  before: z.tuple([roomSpelling, seq]).optional(),
  limit: z.int().min(1).max(HITS_MAX).optional(),
};

/** The one stored last comes first. */
export const hitsReply = z.strictObject({
  ok: z.literal(true),
  hits: z.array(z.strictObject({ room: address, title: z.string(), entry })),
  more: z.boolean(),
  /** Where there are more: with which `before` to ask for them. */
  next: z.tuple([address, seq]).optional(),
});

export const mentionsRequest = z.strictObject(page);
