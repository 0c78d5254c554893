// What every change of a message or of the room has in common. Whether it may be is decided where it is stored (L5, L17).
import type { ClientId, MemberId, RoomId, Seq } from '../../protocol/ids.ts';
import type { Outcome, Said } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { Refusal } from './refusal.ts';
import { standing } from './standing.ts';

interface Sent {
  readonly room: RoomId;
  readonly by: MemberId;
  readonly clientId: ClientId;
}

/** `refusal`: why it cannot be taken as it is, unless it was taken before. `said` makes of it what is stored. */
export function storeChange(
  act: Act,
  caller: Caller,
  asked: { readonly room: string; readonly clientId: ClientId },
  refusal: Refusal | undefined,
  said: (sent: Sent) => Said,
): Promise<{ ok: true; seq: Seq }> {
  const { room, clientId } = asked;
  return caller.turns.take(
    () => standing(act, caller, room, [clientId], refusal !== undefined),
    async ({ place, known }) => {
      if (place && refusal === undefined) {
        const [outcome] = await act.log.add([said({ room: place.room.id, by: place.member, clientId })]);
        return { ok: true, seq: seqOf(outcome) };
      }
      const stored = known.get(clientId);
      if (!stored) throw (place && refusal) ?? new Refusal('notMember');
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
