import { z } from 'zod';
import { anyText, roomSpelling } from './fields.ts';
import { page } from './hit.ts';

/** Without a room: in all of the session's. The answer is one of hits. */
export const searchRequest = z.strictObject({ room: roomSpelling.optional(), text: anyText, ...page });
