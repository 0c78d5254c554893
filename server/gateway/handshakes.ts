import type { DeviceId, SessionId } from '../../protocol/ids.ts';
import type { EngineSocket } from './hang-up.ts';
import type { Who } from './handshake.ts';

/** Handshakes under way. Who is signed out meanwhile must not come in by what the store said a moment before. */
export class Handshakes {
  readonly #ended = new Map<EngineSocket, Set<SessionId | DeviceId>>();

  begin(conn: EngineSocket): void {
    this.#ended.set(conn, new Set());
    conn.once('close', () => this.#ended.delete(conn));
  }

  signedOut(who: SessionId | DeviceId): void {
    for (const ended of this.#ended.values()) ended.add(who);
  }

  /** Whether it is still known as this. */
  finish(conn: EngineSocket, { session, device }: Who): boolean {
    const ended = this.#ended.get(conn);
    this.#ended.delete(conn);
    return ended !== undefined && !ended.has(session) && !(device !== undefined && ended.has(device));
  }
}
