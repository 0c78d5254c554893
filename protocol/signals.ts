// What is said and forgotten: a signal has no seq, is stored nowhere, and may be lost, repeated or late.
import { z } from 'zod';
import { author } from './entries.ts';
import { address, roomSpelling } from './fields.ts';

/** Somebody in the room is writing: `by` has the name of now. */
const typingSignal = z.strictObject({ room: address, kind: z.literal('typing'), by: author });
export const signal = z.discriminatedUnion('kind', [typingSignal]);
export type Signal = z.infer<typeof signal>;

export const typingRequest = z.strictObject({ room: roomSpelling });
