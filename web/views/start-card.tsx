import type { VNode } from 'preact';
import type { Address } from '../../protocol/ids.ts';
import { QrCodeSlot } from './qr-code-slot.tsx';
import { HOW_PRIVATE, RoomAddress, roomLink } from './room-address.tsx';

export interface StartCardProps {
  readonly room: Address;
  readonly title: string;
  readonly isEmpty: boolean;
  /** Leads to where one writes. */
  readonly sayHello: () => void;
}

/** Above the first entry. What one does in an empty room is ask somebody in, so it shows the link. */
export function StartCard({ room, title, isEmpty, sayHello }: StartCardProps): VNode {
  return (
    <section class={`start-card ${isEmpty ? 'empty' : ''}`} aria-label="Start of the room">
      <h2>
        <bdi>{title}</bdi> begins here
      </h2>
      <p>
        {isEmpty ? 'Nobody has said anything yet. Ask somebody in with this link:' : 'Ask others in with this link:'}
      </p>
      <RoomAddress room={room} />
      {isEmpty ? <QrCodeSlot text={roomLink(room)} /> : null}
      <p class="hint">{HOW_PRIVATE}</p>
      {isEmpty ? (
        <p>
          <button type="button" class="action" onClick={sayHello}>
            Say hello
          </button>
        </p>
      ) : null}
    </section>
  );
}
