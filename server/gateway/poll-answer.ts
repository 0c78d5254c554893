// One of two places that reach under Engine.IO: its polling transport keeps the answer that it writes to private.
import type { ServerResponse } from 'node:http';
import type { EngineTransport } from './hang-up.ts';

interface Underneath {
  readonly res?: ServerResponse | null;
}

/** What a poll is being answered with; undefined for a WebSocket. To be asked at a connection's `flush`. */
export function pollAnswer(transport: EngineTransport): ServerResponse | undefined {
  return (transport as unknown as Underneath).res ?? undefined;
}
