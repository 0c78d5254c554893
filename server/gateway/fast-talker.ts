import type { Failed } from '../surprises.ts';
import { Fuse } from './fuse.ts';
import { type EngineSocket, type EngineTransport, hangUp, onPing } from './hang-up.ts';

/** Many large packets cost as much to read as many more small ones. */
export const BYTES_PER_TOKEN = 4 * 1024;

/**
 * R9: each packet costs a token, a large one another for each BYTES_PER_TOKEN, and a ping of WebSocket's own costs one.
 * One that there are no tokens for cuts the connection before anything is read from it, and calls `onCut`.
 */
export function cutWhenFast(
  conn: EngineSocket,
  spend: (tokens: number) => boolean,
  onCut: () => void,
  failed: Failed,
): void {
  const fuse = new Fuse(conn, failed);
  let isCut = false;
  const count = fuse.over((tokens: number) => {
    if (isCut || spend(tokens)) return;
    isCut = true;
    onCut();
    hangUp(conn);
  });
  const watch = fuse.over((transport: EngineTransport) => onPing(transport, () => count(1)));
  watch(conn.transport);
  // Before the upgrade is done there are two, and only one of them is the connection's.
  conn.on('upgrading', watch);
  conn.on(
    'packet',
    fuse.over(({ data }: { data?: unknown }) => count(1 + Math.floor(sizeOf(data) / BYTES_PER_TOKEN))),
  );
}

/** Of texts the characters: near enough. */
function sizeOf(data: unknown): number {
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
}
