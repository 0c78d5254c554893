// The one wrapper around every handler: parse, act, catch. Nothing that a client sends ends the process.
import type { z } from 'zod';
import { type Refused, refused } from '../../protocol/refusals.ts';
import type { Act, Caller } from '../rooms/act.ts';
import { Refusal } from '../rooms/refusal.ts';
import type { SeldomLog } from '../seldom-log.ts';
import { StorageFull, StoreBusy, StoreUnavailable } from '../store/store.ts';
import { withoutTexts } from '../surprises.ts';
import { placeIn } from './paced-acts.ts';
import type { Cost, Pace } from './paces.ts';
import { readPlain } from './plain.ts';

/** Nobody foresaw it, so nobody knows when it is worth trying again. */
const FAILED_RETRY_MS = 2_000;

/** Is told that something went wrong, never what anybody wrote. */
export type Logger = Pick<SeldomLog, 'error'>;

/** Carries out one request, given as it came. Throws a Refusal or what the act throws. */
export type Handler<Reply> = (act: Act, caller: Caller, request: unknown, pace: Pace) => Promise<Reply>;

/** Closes over the type of the request, so that a table of handlers can be called by a name that came over the wire. */
export function serve<Schema extends z.ZodType, Reply>(
  schema: Schema,
  cost: Cost,
  carryOut: (act: Act, caller: Caller, request: z.output<Schema>, pace: Pace) => Promise<Reply>,
): Handler<Reply> {
  return async (act, caller, request, pace) => {
    const parsed = schema.safeParse(readPlain(request));
    if (!parsed.success) throw new Refusal('invalid');
    if (cost !== 'own') pace.spend(cost, placeIn(caller, roomIn(parsed.data)));
    return carryOut(act, caller, parsed.data, pace);
  };
}

function roomIn(request: unknown): string | undefined {
  const isInRoom = typeof request === 'object' && request !== null && 'room' in request;
  return isInRoom && typeof request.room === 'string' ? request.room : undefined;
}

/** Never rejects. `name` is as of refusalFor. */
export async function answerOf<Reply>(
  name: string,
  run: () => Promise<Reply>,
  logger: Logger,
): Promise<Reply | Refused> {
  try {
    return await run();
  } catch (error) {
    return refusalFor(name, error, logger);
  }
}

/** `name` is of the request's handler, for the log: nothing that came from outside. */
export function refusalFor(name: string, error: unknown, logger: Logger): Refused {
  if (error instanceof Refusal) return error.answer;
  if (error instanceof StoreBusy) return refused('busy', error.retryAfter);
  if (error instanceof StorageFull) return refused('storageFull', error.retryAfter);
  if (error instanceof StoreUnavailable) return refused('unavailable', error.retryAfter);
  const told = withoutTexts(error);
  logger.error({ request: name, ...told }, 'A request failed.', `${name} failed with ${told.error}`);
  return refused('unavailable', FAILED_RETRY_MS);
}
