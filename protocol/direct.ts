import { z } from 'zod';
import { address, memberId, roomSpelling } from './fields.ts';

/** `member` is somebody of that room, in which the connection is. */
export const directRequest = z.strictObject({ room: roomSpelling, member: memberId });
/** `as`: who one is in the conversation, for a session that is both of its members. */
export const directReply = z.strictObject({ ok: z.literal(true), room: address, as: memberId });
