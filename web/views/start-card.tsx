import type { VNode } from 'preact';
import type { Author } from '../../protocol/entries.ts';
import type { Address } from '../../protocol/ids.ts';
import { QrCodeSlot } from './qr-code-slot.tsx';
import { HOW_PRIVATE, RoomAddress, roomLink } from './room-address.tsx';

export interface StartCardProps {
  readonly room: Address;
  readonly title: string;
  /** The other one in a conversation of two. */
  readonly direct?: Author | undefined;
  readonly isEmpty: boolean;
  /** Leads to where one writes. */
  readonly sayHello: () => void;
}

/** Above the first entry. What one does in an empty room is ask somebody in, so it shows the link. */
export function StartCard({ room, title, direct, isEmpty, sayHello }: StartCardProps): VNode {
  if (direct !== undefined) return <StartOfTwo other={direct} />;
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

/** There nobody can be asked in (D2). */
function StartOfTwo({ other }: { other: Author }): VNode {
  return (
    <section class="start-card" aria-label="Start of the conversation">
      <h2>
        <bdi>{other.name}</bdi> and you
      </h2>
      <p>
        What is said here only <bdi>{other.name}</bdi> and you can read.
      </p>
    </section>
  );
}
