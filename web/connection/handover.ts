import type { Target } from '../../protocol/fields.ts';
import type { ClientId, MemberId } from '../../protocol/ids.ts';
import type { TextStorage } from './draft.ts';
import type { Along, Owner } from './outbox-item.ts';
import type { Stamp } from './outbox-queue.ts';

/** What is needed of localStorage. Any call may throw: private mode, no space. */
export interface HandoverStorage extends TextStorage {
  keys(): readonly string[];
}

export interface Said extends Stamp {
  readonly text: string;
  readonly along?: Along;
}

/**
 * What has left the composer and is not in the outbox's storage yet. That takes some milliseconds, and a page that goes in
 * between would keep the text as a draft, or, gone a moment later, as a draft and as a message. Here it is kept at once,
 * under the id it will be sent by: whoever finds it sends it once more, and it is in the log once.
 */
export class Handover {
  readonly #storage: HandoverStorage;
  readonly #prefix: string;

  constructor(storage: HandoverStorage, { room, member }: Owner) {
    this.#storage = storage;
    this.#prefix = `snug handover ${JSON.stringify([room, member])} `;
  }

  /** False where it cannot be kept: then the draft is to stay. */
  give({ clientId, since, text, along }: Said): boolean {
    try {
      this.#storage.setItem(this.#prefix + clientId, JSON.stringify({ since, text, along }));
      return true;
    } catch {
      return false;
    }
  }

  /** It is in the outbox's storage. */
  taken(clientId: ClientId): void {
    try {
      this.#storage.removeItem(this.#prefix + clientId);
    } catch {
      // It is found again by the next page, and sent as the duplicate it is.
    }
  }

  /** What was never taken, oldest first. */
  left(): readonly Said[] {
    try {
      const keys = this.#storage.keys().filter((key) => key.startsWith(this.#prefix));
      return keys.flatMap((key) => this.#read(key)).toSorted((one, other) => one.since - other.since);
    } catch {
      return [];
    }
  }

  #read(key: string): readonly Said[] {
    const kept = parsed(this.#storage.getItem(key) ?? '');
    const clientId = key.slice(this.#prefix.length) as ClientId;
    return kept === undefined ? [] : [{ clientId, ...kept }];
  }
}

/** Pages of another version may have written it. */
function parsed(json: string): Omit<Said, 'clientId'> | undefined {
  let kept: unknown;
  try {
    kept = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof kept !== 'object' || kept === null || !('since' in kept) || !('text' in kept)) return undefined;
  const { since, text } = kept;
  if (typeof since !== 'number' || typeof text !== 'string') return undefined;
  return 'along' in kept ? { since, text, along: alongIn(kept.along) } : { since, text };
}

/** What of it is not as it should be is left out: the text goes all the same. */
function alongIn(kept: unknown): Along {
  if (typeof kept !== 'object' || kept === null) return {};
  const { replyTo, mentions } = kept as Record<string, unknown>;
  const isTarget = typeof replyTo === 'number' || typeof replyTo === 'string';
  const ids = Array.isArray(mentions) ? mentions.filter((id) => typeof id === 'string') : [];
  return {
    ...(isTarget && { replyTo: replyTo as Target }),
    ...(ids.length > 0 && { mentions: ids as readonly string[] as readonly MemberId[] }),
  };
}
