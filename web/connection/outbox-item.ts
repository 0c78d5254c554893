import type { Target } from '../../protocol/fields.ts';
import type { Address, ClientId, MemberId } from '../../protocol/ids.ts';
import type { Code } from '../../protocol/refusals.ts';

/** Whose outbox it is: a message goes to the room it was typed in, as the member that typed it. */
export interface Owner {
  readonly room: Address;
  readonly member: MemberId;
  /** Kept with the items: under the same name they may be sent by the member that follows this one. */
  readonly name: string;
}

/** What goes with a text. */
export interface Along {
  /** The message that it answers. */
  readonly replyTo?: Target;
  /** Members that it means. */
  readonly mentions?: readonly MemberId[];
}

export type Want =
  | ({ readonly kind: 'message'; readonly text: string } & Along)
  | ({ readonly kind: 'edit'; readonly target: Target; readonly text: string } & Pick<Along, 'mentions'>)
  | { readonly kind: 'delete' | 'pin' | 'unpin'; readonly target: Target }
  | { readonly kind: 'react' | 'unreact'; readonly target: Target; readonly emoji: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'topic'; readonly topic: string };

/** What goes as it is: nothing waits in the queue that it could be folded into. */
export type PlainWant = Exclude<Want, { kind: 'message' | 'edit' | 'delete' }>;

export interface Refusal {
  readonly code: Code;
  readonly message: string;
}

/** One thing that is to reach the log, in the order in which the person did it. */
export interface OutboxItem {
  readonly clientId: ClientId;
  /** When it was written. */
  readonly since: number;
  /** It may have reached the server: from then on its body never changes (S3). */
  readonly tried: boolean;
  /** Refused for good: it waits for the person, and the queue goes on without it. */
  readonly refusal?: Refusal;
  readonly want: Want;
}

export type Items = readonly OutboxItem[];
/** Pure, and every id in it made before: it is applied to what is shown and again to what is stored. */
export type Change = (items: Items) => Items;
