import type { Address, MemberId } from '../../protocol/ids.ts';
import { whatThen } from '../../protocol/refusals.ts';
import type { FoundDirect } from '../state/destination.ts';
import { type Ask, answerOf } from './ask.ts';

/** D1: the conversation with somebody of this room. It is the same however often it is asked for. */
export async function findDirect(ask: Ask, room: Address, member: MemberId): Promise<FoundDirect> {
  const reply = await answerOf(ask('direct', { room, member }));
  if (reply?.ok) return { room: reply.room, as: reply.as };
  return { trouble: whyNot(reply) };
}

function whyNot(reply: { readonly code: string; readonly message: string } | undefined): string {
  if (reply === undefined) return 'There is no connection to the server at the moment. Try again when there is one.';
  if (reply.code === 'notFound') return 'They have given up their place here.';
  // Who has no key can be written to in the room alone (H5).
  if (reply.code === 'forbidden') return 'They can be written to in the room alone.';
  return whatThen(reply.code) === 'again' ? 'The server cannot do that at the moment. Try again.' : reply.message;
}
