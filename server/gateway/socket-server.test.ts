import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { createSocketServer } from './socket-server.ts';

/** The kernels of both sides take some megabytes. */
const BYTES = 64 * 1024 * 1024;

test('E4: an answer that nobody reads is let go of when nothing of it moves any more', async () => {
  const httpServer = createServer((_, response) => void response.end(Buffer.alloc(BYTES)));
  const server = createSocketServer({
    httpServer,
    mayAct: () => true,
    isAccepting: () => true,
    onSlow: () => undefined,
    failed: () => undefined,
    pingMs: 50,
    pingTimeoutMs: 50,
    connectMs: 50,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const { port } = httpServer.address() as AddressInfo;
  const reader = connect(port, '127.0.0.1');
  const [there] = await once(httpServer, 'connection');
  reader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  reader.pause();
  await once(there, 'close');
  expect(reader.bytesRead).toBeLessThan(BYTES);
  reader.destroy();
  await server.close();
});
