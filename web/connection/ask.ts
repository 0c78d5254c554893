import type { ReplyTo, RequestName, RequestOf } from '../../protocol/requests.ts';

/**
 * Sends a request over the connection there is now. Resolves with the reply; with undefined, or rejects, when there is
 * no connection, when it is lost first, or when 10 s pass. A reply of an earlier connection never arrives.
 */
export type Ask = <Name extends RequestName>(
  name: Name,
  request: RequestOf<Name>,
) => Promise<ReplyTo<Name> | undefined>;

/** The same, for those who treat a lost connection and a failed one alike. */
export async function answerOf<Reply>(asked: Promise<Reply | undefined>): Promise<Reply | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}
