// The scalar fields that requests and entries are made of. Only the server runs these schemas; web/ takes the types.
import { z } from 'zod';
import type { Address, ClientId, EntryId, MemberId } from './ids.ts';
import { EMOJI_MAX_BYTES, KEY_MAX_CHARACTERS, KEY_MIN_CHARACTERS, MAX_PACKET_BYTES } from './limits.ts';

/** Any string that fits a packet: the rule of its act says, with a code of its own, why it cannot be taken. */
export const anyText = z.string().max(MAX_PACKET_BYTES);

/** A room in whatever spelling; the act turns it into an address. */
export const roomSpelling = z.string().min(1).max(1_000);

export const address = z.string().transform((text) => text as Address);
export const clientId = z.uuid().transform((text) => text.toLowerCase() as ClientId);
export const memberId = z
  .string()
  .min(1)
  .max(64)
  .transform((text) => text as MemberId);
export const entryId = z
  .string()
  .min(1)
  .max(64)
  .transform((text) => text as EntryId);
/** Of the last entry; empty while there is none. */
export const headId = z.union([z.literal(''), entryId]);
export const seq = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
/** 0 stands before the first entry. */
export const position = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const time = z.int();
export const emoji = z.string().min(1).max(EMOJI_MAX_BYTES);
export const scriptKey = z.string().min(KEY_MIN_CHARACTERS).max(KEY_MAX_CHARACTERS);

/** A message is meant by its seq, or, while its author does not know that yet, by the client id it was sent with. */
export const target = z.union([seq, clientId]);
export type Target = z.infer<typeof target>;
