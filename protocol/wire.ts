// Socket.IO's two event maps: the only place where names of events are written.
import type { ChangeEntry, Entry, MessageEntry, NoticeEntry } from './entries.ts';
import type { ReplyTo, RequestName, RequestOf } from './requests.ts';
import type { Signal } from './signals.ts';

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
  signal: (signal: Signal) => void;
}

/** What is no entry, and counts for nothing in the log. */
export const SIGNAL_EVENT = 'signal' satisfies keyof ServerEvents;

export type LiveEvent = Exclude<keyof ServerEvents, typeof SIGNAL_EVENT>;
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
