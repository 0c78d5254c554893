// What holds for each connection, whatever is spoken over it. What comes in Engine.IO bounds by itself.
import type { Failed } from '../surprises.ts';
import { Fuse } from './fuse.ts';
import { type EngineSocket, type EngineTransport, terminate } from './hang-up.ts';
import { cutWhenSlow } from './slow-reader.ts';

/** A client asks once whether a WebSocket gets through. The answers are in no count of what waits for it. */
const MAX_PROBES = 3;

/** To be called once for each new connection, before anything is sent to it. `onSlow` tells of one that was cut. */
export function guardConnection(conn: EngineSocket, onSlow: () => void, failed: Failed): void {
  const fuse = new Fuse(conn, failed);
  cutWhenSlow(conn, fuse, onSlow);
  // Over a WebSocket Engine.IO passes over it, and over what comes after it.
  conn.on(
    'packet',
    fuse.over(({ type }: { type: string }) => {
      if (type === 'close') conn.close();
    }),
  );
  // Engine.IO takes its leave politely, and waits 30 s more for somebody who has just been silent for 35.
  conn.on(
    'close',
    fuse.over((reason: string) => {
      if (reason === 'ping timeout') terminate(conn.transport);
    }),
  );
  const probes = new WeakMap<EngineTransport, number>();
  conn.on(
    'upgrading',
    fuse.over((transport: EngineTransport) => {
      const count = (probes.get(transport) ?? 0) + 1;
      probes.set(transport, count);
      if (count > MAX_PROBES) terminate(transport);
    }),
  );
}
