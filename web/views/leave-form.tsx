import type { ComponentChildren, RefObject, VNode } from 'preact';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';

export interface LeaveFormProps {
  readonly room: Address;
  readonly me: Person;
  /** Called when it is sent: the page is about to be another one. */
  readonly leave: () => void;
  /** Where it leads: away from the room, away with the name, or away altogether. */
  readonly action?: '/leave' | '/give-up' | '/sign-out';
  readonly role?: 'none';
  readonly form?: RefObject<HTMLFormElement | null>;
  readonly children: ComponentChildren;
}

/** A plain form: it leaves even when the connection is gone, and the server leads to the first page. */
export function LeaveForm({ room, me, leave, action = '/leave', role, form, children }: LeaveFormProps): VNode {
  return (
    <form ref={form ?? null} method="post" action={action} role={role} onSubmit={() => leave()}>
      <input type="hidden" name="room" value={room} />
      {me.id === '' ? null : <input type="hidden" name="as" value={me.id} />}
      {children}
    </form>
  );
}
