// Socket.IO's two event maps: the only place where names of events are written.
import type { ChangeEntry, Entry, MessageEntry, NoticeEntry } from './entries.ts';
import type { ReplyTo, RequestName, RequestOf } from './requests.ts';

export const NAMESPACE = '/chat';

/** What a client emits; each is answered by its acknowledgement. */
export type ClientEvents = {
  [Name in RequestName]: (request: RequestOf<Name>, reply: (reply: ReplyTo<Name>) => void) => void;
};

/** What the server emits. */
export interface ServerEvents {
  message: (entry: MessageEntry) => void;
  options: (entry: NoticeEntry) => void;
  change: (entry: ChangeEntry) => void;
}

export type LiveEvent = keyof ServerEvents;
export const LIVE_EVENTS = ['message', 'options', 'change'] as const satisfies readonly LiveEvent[];

/** Under which event an entry of this kind arrives. */
export function liveEvent(kind: Entry['kind']): LiveEvent {
  if (kind === 'message') return 'message';
  return kind === 'notice' ? 'options' : 'change';
}

/** Why a handshake was refused: the message of Socket.IO's `connect_error`; `data` carries the code. */
export interface HandshakeRefused {
  readonly code: string;
  readonly message: string;
}
