import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { KernelQueues } from './kernel-queues.ts';
import { until } from './waiting.ts';

test('what the kernel holds is what was written and is not read, by the ports of both ends', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1388 0100007F:C350 01 00000010:00000000 00:00000000 00000000     0        0 1 1 0 20 4 30 10 -1',
    '   1: 0100007F:C350 0100007F:1388 01 00000000:00000200 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1',
    '   2: 0100007F:1388 0100007F:C351 04 00000010:00000000 00:00000000 00000000     0        0 1 1 0 20 4 30 10 -1',
    '   3: 0100007F:C351 0100007F:1388 01 00000000:00000200 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1',
  ].join('\n');
  expect(new KernelQueues(table).towards({ localPort: 50_000, remotePort: 5_000 })).toBe(0x210);
  expect(new KernelQueues(table).towards({ localPort: 50_001, remotePort: 5_000 })).toBeUndefined();
});

test.skipIf(!KernelQueues.read())('of a reader that stands still it is all (needs Linux)', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  const [writer] = await accepted;
  writer.on('error', () => undefined);
  onTestFinished(() => {
    reader.destroy();
    server.close();
  });
  await new Promise((resolve) => writer.write(Buffer.alloc(100_000), resolve));
  const held = () => (KernelQueues.read()?.towards(reader) ?? 0) + reader.bytesRead;
  expect(await until(() => held() === 100_000, 10_000)).toBeDefined();
});
