import type { Address, MemberId } from '../../protocol/ids.ts';
import type { HandoverStorage } from './handover.ts';
import type { Owner } from './outbox-item.ts';

const PREFIX = 'snug in ';

/**
 * Which rooms this browser has come in to and has not left by intent, and as whom. What waits for one of them is sent by any
 * page; a member that has left stays out, and what waits for it waits until it comes in again.
 */
export class Whereabouts {
  readonly #storage: HandoverStorage;

  constructor(storage: HandoverStorage) {
    this.#storage = storage;
  }

  get all(): readonly Owner[] {
    try {
      return this.#storage.keys().flatMap((key) => ownerOf(key, this.#storage.getItem(key) ?? ''));
    } catch {
      return [];
    }
  }

  has({ room, member }: Owner): boolean {
    return this.all.some((owner) => owner.room === room && owner.member === member);
  }

  cameIn(owner: Owner): void {
    try {
      this.#storage.setItem(keyOf(owner), owner.name);
    } catch {
      // Forbidden or full: what waits is sent when its room is opened.
    }
  }

  left(owner: Pick<Owner, 'room' | 'member'>): void {
    try {
      this.#storage.removeItem(keyOf(owner));
    } catch {
      // Nothing was remembered then.
    }
  }
}

function keyOf({ room, member }: Pick<Owner, 'room' | 'member'>): string {
  return PREFIX + JSON.stringify([room, member]);
}

/** Pages of another version may have written it. */
function ownerOf(key: string, name: string): readonly Owner[] {
  if (!key.startsWith(PREFIX)) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(key.slice(PREFIX.length));
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  const [room, member] = parsed as readonly unknown[];
  if (typeof room !== 'string' || typeof member !== 'string') return [];
  return [{ room: room as Address, member: member as MemberId, name }];
}
