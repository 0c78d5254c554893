// What nodes tell each other. All of it may be lost: the store is asked for what is missing.
import type { Entry } from '../../protocol/entries.ts';
import type { EntryId, NodeId, RoomId, Seq, SessionId } from '../../protocol/ids.ts';
import { signal as signalSchema, type Signal } from '../../protocol/signals.ts';
import type { Head } from '../store/store.ts';

/** Redis carries small messages best; what is larger is read from the store, once a node. */
const HINT_MAX_BYTES = 16 * 1024;

/** One flush added the entries from `from` to `to.seq` to a room. */
export interface Hint {
  readonly from: Seq;
  /** The id of the entry before `from`, where it is known: a store that went back and grew again is told by it. */
  readonly after: EntryId | '';
  readonly to: Head;
  readonly entries?: readonly Entry[];
}

/** The last entries that a node has delivered in rooms where something happened lately. */
export interface Digest {
  readonly node: NodeId;
  readonly heads: readonly (readonly [room: RoomId, seq: Seq, id: EntryId | ''])[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeHint(hint: Hint): Uint8Array {
  const whole = encoder.encode(JSON.stringify(hint));
  if (whole.byteLength <= HINT_MAX_BYTES) return whole;
  return encoder.encode(JSON.stringify({ from: hint.from, after: hint.after, to: hint.to }));
}

export function encodeDigest(digest: Digest): Uint8Array {
  return encoder.encode(JSON.stringify(digest));
}

/** `to`: to the connections of one session alone. */
export function encodeSignal(signal: Signal, to?: SessionId): Uint8Array {
  return encoder.encode(JSON.stringify({ signal, to }));
}

/** Undefined for what no node of ours wrote: another version, or a stranger on the bus. */
export function decodeHint(bytes: Uint8Array): Hint | undefined {
  const value = decode(bytes);
  return isObject(value) && typeof value.from === 'number' && isObject(value.to)
    ? (value as unknown as Hint)
    : undefined;
}

/** It goes to browsers as it is: a node of another version may know other ones. */
export function decodeSignal(bytes: Uint8Array): { signal: Signal; to: SessionId | undefined } | undefined {
  const value = decode(bytes);
  const signal = isObject(value) ? signalSchema.safeParse(value.signal).data : undefined;
  if (!isObject(value) || !signal) return undefined;
  return { signal, to: typeof value.to === 'string' ? (value.to as SessionId) : undefined };
}

export function decodeDigest(bytes: Uint8Array): Digest | undefined {
  const value = decode(bytes);
  return isObject(value) && Array.isArray(value.heads) ? (value as unknown as Digest) : undefined;
}

function decode(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
