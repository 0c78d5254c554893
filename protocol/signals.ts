// What is said and forgotten: a signal has no seq, is stored nowhere, and may be lost, repeated or late.
import { z } from 'zod';
import { author } from './entries.ts';
import { address, position, roomSpelling } from './fields.ts';

/** Somebody in the room is writing: `by` has the name of now. */
const typingSignal = z.strictObject({ room: address, kind: z.literal('typing'), by: author });
/** How many are in a room in which nobody is told who comes and goes. */
const hereSignal = z.strictObject({ room: address, kind: z.literal('here'), count: position });
/** To the connections of a member that has left, with all its tabs. */
const leftSignal = z.strictObject({ room: address, kind: z.literal('left') });
/** To the connections of a session: up to where it has read the room. */
const readSignal = z.strictObject({ room: address, kind: z.literal('read'), seq: position });
/**
 * Of a room that one is a member of and not in: so many messages of others came since the last signal, and one of them
 * mentions one. None came where the room itself is news.
 */
const roomSignal = z.strictObject({
  room: address,
  kind: z.literal('room'),
  messages: position,
  mentioned: z.boolean(),
});
export const signal = z.discriminatedUnion('kind', [typingSignal, hereSignal, leftSignal, readSignal, roomSignal]);
export type Signal = z.infer<typeof signal>;
export type TypingSignal = z.infer<typeof typingSignal>;
export type HereSignal = z.infer<typeof hereSignal>;
export type LeftSignal = z.infer<typeof leftSignal>;
export type ReadSignal = z.infer<typeof readSignal>;
export type RoomSignal = z.infer<typeof roomSignal>;

export const typingRequest = z.strictObject({ room: roomSpelling });
