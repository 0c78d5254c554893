import type { Author } from '../protocol/entries.ts';
import type { Person } from '../protocol/room.ts';
import type { Reading } from './reading-desk.ts';
import type { Edits } from './state/edits.ts';
import type { Quoted } from './state/quoted.ts';
import type { PeopleList } from './state/people-list.ts';
import type { LinkState, PendingMessage, RoomState } from './state/room-state.ts';
import type { Spot } from './views/transcript.tsx';

/** What a room's page shows. */
export interface Shown {
  readonly state: RoomState;
  /** This tab's member; as the page says, until the first join was answered. */
  readonly me: Person;
  /** Of this tab's member in this room, oldest first. */
  readonly pending: readonly PendingMessage[];
  readonly link: LinkState;
  readonly draft: string;
  /** What is written is kept on disk until it is sent: some browsers allow no page that. */
  readonly isKept: boolean;
  readonly edits: Edits;
  /** What the next message answers. */
  readonly replying: Quoted;
  readonly reading: Reading;
  /** Who is here where they are too many to be told of one by one. */
  readonly list: PeopleList;
  /** Who else is writing, in the order in which they began. */
  readonly typists: readonly Author[];
  /** Where one was reading when one went to another room. */
  readonly spot: Spot | undefined;
  /** Whom one does not want to read here. */
  readonly ignored: readonly Author[];
  /** What was refused last, in words; empty: nothing. */
  readonly refused: string;
}
