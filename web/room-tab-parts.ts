import type { ChatSocket } from './connection/chat-socket.ts';
import type { SeatParts } from './seat.ts';
import type { PageFacts, TabStorage } from './tab-member.ts';

export interface RoomTabParts extends Omit<SeatParts, 'ask' | 'events'> {
  readonly connection: Pick<ChatSocket, 'state' | 'ask' | 'tryNow' | 'renew'>;
  readonly page: PageFacts;
  /** The address of the page. */
  readonly address: URL;
  readonly tab: TabStorage;
  /** Somebody looks at the page, until hidden() and seen() say otherwise. */
  readonly isSeen: boolean;
  readonly events: RoomTabEvents;
}

export interface RoomTabEvents {
  /** Something that is shown has changed. */
  readonly changed: () => void;
  /** This connection is in the room. */
  readonly joined: () => void;
  /** It is in the room as nobody, or as somebody who is not meant: it is not to be used any more. */
  readonly unwanted: () => void;
}
