import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { expectSafeHeaders } from '../safe-headers.contract.ts';
import { createSocketServer } from './socket-server.ts';

async function open(mayAct = true, isSecure = false): Promise<string> {
  const httpServer = createServer();
  const server = createSocketServer({
    httpServer,
    mayAct: () => mayAct,
    isAccepting: () => true,
    isSecure: () => isSecure,
    onSlow: () => undefined,
    failed: () => undefined,
    pingMs: 20_000,
    pingTimeoutMs: 15_000,
    connectMs: 10_000,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  onTestFinished(async () => {
    await server.close();
  });
  return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}/socket.io/`;
}

function headersOf(answer: Response): Record<string, string> {
  return Object.fromEntries(answer.headers);
}

test('every answer of Socket.IO’s polling has every header that keeps the browser safe, refusals too', async () => {
  const at = await open();
  const handshake = await fetch(`${at}?EIO=4&transport=polling`);
  const { sid } = JSON.parse((await handshake.text()).slice(1));
  const sent = await fetch(`${at}?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: '40/chat,' });
  const poll = await fetch(`${at}?EIO=4&transport=polling&sid=${sid}`);
  const refused = [
    await fetch(`${at}?EIO=3&transport=polling`),
    await fetch(`${at}?EIO=4&transport=pigeon`),
    await fetch(`${at}?EIO=4&transport=polling&sid=nobody`),
    await fetch(`${await open(false)}?EIO=4&transport=polling`),
    await fetch(`${await open(false)}?EIO=4&transport=polling&sid=nobody`),
  ];
  expect([handshake, sent, poll].map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 403, 400]);
  for (const answer of [handshake, sent, poll, ...refused]) expectSafeHeaders(headersOf(answer));
});

test('so has the answer to an upgrade', async () => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const asked = request(`${await open()}?EIO=4&transport=websocket`, { headers }).end();
  const [answer, socket] = await once(asked, 'upgrade');
  socket.destroy();
  expectSafeHeaders(answer.headers);
});

test('HSTS comes with TLS', async () => {
  const answer = await fetch(`${await open(true, true)}?EIO=4&transport=polling`);
  expectSafeHeaders(headersOf(answer), { 'strict-transport-security': 'max-age=31536000' });
});

test('what is polled is never compressed: it holds what strangers write beside what they must not learn', async () => {
  const at = await open();
  const headers = { 'accept-encoding': 'gzip' };
  const handshake = await fetch(`${at}?EIO=4&transport=polling`);
  const { sid } = JSON.parse((await handshake.text()).slice(1));
  // The reason for refusing a namespace repeats its name: long enough to be worth compressing.
  const body = `40/${'a'.repeat(3_000)},`;
  await fetch(`${at}?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body });
  const poll = await fetch(`${at}?EIO=4&transport=polling&sid=${sid}`, { headers });
  expect((await poll.text()).length).toBeGreaterThan(3_000);
  expect(poll.headers.get('content-encoding')).toBeNull();
});
