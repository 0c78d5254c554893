import { z } from 'zod';
import { roomSpelling, scriptKey, seq } from './fields.ts';

export const renameRequest = z.strictObject({ room: roomSpelling, name: z.string().max(1_000) });
export const renameReply = z.strictObject({ ok: z.literal(true), seq: seq.or(z.literal(0)) });

/**
 * What a connection may say of itself in its handshake. A browser has its cookie and says the protocol's version; a
 * script gives a name and a room, and a key when it wants to be the same member again.
 */
export const handshake = z.strictObject({
  protocol: z.int().min(1).optional(),
  name: z.string().max(1_000).optional(),
  room: roomSpelling.optional(),
  key: scriptKey.optional(),
});
export type Handshake = z.infer<typeof handshake>;
