// What edit, delete, react and unreact have in common. Whether they may is decided where they are stored (L5).
import type { ClientId, MemberId, RoomId, Seq } from '../../protocol/ids.ts';
import type { Code } from '../../protocol/refusals.ts';
import type { Outcome, Said } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { Refusal } from './refusal.ts';
import { standing } from './standing.ts';

interface Sent {
  readonly room: RoomId;
  readonly by: MemberId;
  readonly clientId: ClientId;
}

/** `code`: why it cannot be taken as it is, unless it was taken before. `said` makes of it what is stored. */
export function changeMessage(
  act: Act,
  caller: Caller,
  asked: { readonly room: string; readonly clientId: ClientId },
  code: Code | undefined,
  said: (sent: Sent) => Said,
): Promise<{ ok: true; seq: Seq }> {
  const { room, clientId } = asked;
  return caller.turns.take(
    () => standing(act, caller, room, [clientId], code !== undefined),
    async ({ place, known }) => {
      if (place && code === undefined) {
        const [outcome] = await act.log.add([said({ room: place.room.id, by: place.member, clientId })]);
        return { ok: true, seq: seqOf(outcome) };
      }
      const stored = known.get(clientId);
      if (!stored) throw new Refusal(place ? (code ?? 'invalid') : 'notMember');
      return { ok: true, seq: stored.seq };
    },
  );
}

/** Throws the refusal that the outcome is. */
export function seqOf(outcome: Outcome | undefined): Seq {
  switch (outcome?.result) {
    case 'stored':
      return outcome.entry.seq;
    case 'duplicate':
    case 'unchanged':
      return outcome.seq;
    case 'refused':
      throw new Refusal(outcome.code === 'fenced' ? 'unavailable' : outcome.code, outcome.retryAfter);
    case 'untold':
    case undefined:
      throw new Error('The log did not answer.');
  }
}
