import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expectSafeHeaders } from '../safe-headers.contract.ts';
import { openSite } from './site.contract.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

describe('every answer has every header that keeps the browser safe', () => {
  test.each([
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['GET', '/?room=tea', 200],
    ['GET', '/chat', 303],
    ['GET', '/chat/tea', 303],
    ['GET', '/chat/a%2Fb', 404],
    ['GET', '/nowhere', 404],
    ['GET', '/%ff', 404],
    ['GET', '/chat/%E0%A4%A', 404],
    ['PUT', '/', 404],
    ['POST', '/', 422],
    ['POST', '/leave', 303],
    ['GET', '/health/live', 200],
    ['GET', '/health/ready', 200],
  ] as const)('%s %s', async (method, url, status) => {
    const answer = await (await openSite()).browser().ask(method, url);
    expect(answer.statusCode).toBe(status);
    expectSafeHeaders(answer.headers);
  });

  test.each([
    ['/assets/login-1.js', FOR_EVER],
    ['/favicon.svg', 'public, max-age=3600'],
  ])('the built file %s, whole, unchanged and in part', async (url, cache) => {
    const ada = (await openSite()).browser();
    const whole = await ada.get(url);
    const unchanged = await ada.get(url, { 'if-none-match': String(whole.headers.etag) });
    const part = await ada.get(url, { range: 'bytes=0-3' });
    const beyond = await ada.get(url, { range: 'bytes=9999-' });
    const statuses = [whole, unchanged, part, beyond].map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 304, 206, 416]);
    for (const { headers } of [whole, unchanged, part]) expectSafeHeaders(headers, { 'cache-control': cache });
    expectSafeHeaders(beyond.headers);
  });

  test('a foreign form, a name that is not ours, and what is too long', async () => {
    const ada = (await openSite()).browser();
    const answers = [
      await ada.post('/', {}, { origin: 'https://evil.example' }),
      await ada.get('/', { host: 'rebound.example' }),
      await ada.post('/', { name: 'a'.repeat(20_000) }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 421, 413]);
    for (const { headers } of answers) expectSafeHeaders(headers);
  });

  test('what failed in us', async () => {
    const wrap = (store: object) => Object.assign(store, { session: () => Promise.reject(new Error('no')) }) as never;
    const ada = (await openSite({ wrap })).browser();
    ada.cookies.set('snug-5000', 'x'.repeat(43));
    const answer = await ada.get('/chat/tea');
    expect(answer.statusCode).toBe(500);
    expectSafeHeaders(answer.headers);
  });

  test.each([
    ['no HTTP at all', 'what?\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['a head that is too long', `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431'],
  ])('%s', async (_, sent, first) => {
    const answered = await exchange(sent);
    expect(answered.startsWith(first)).toBe(true);
    const [head = ''] = answered.split('\r\n\r\n');
    const lines = head.split('\r\n').slice(1);
    expectSafeHeaders(Object.fromEntries(lines.map((line) => line.split(/: (.*)/u) as [string, string])));
  });
});

describe('HSTS', () => {
  const told = { 'x-forwarded-proto': 'https' };

  test('comes with TLS, as a trusted proxy tells it, on pages, files and errors', async () => {
    const ada = (await openSite({ proxies: ['127.0.0.1'] })).browser();
    for (const url of ['/', '/chat', '/nowhere', '/assets/login-1.js', '/health/live']) {
      const { headers } = await ada.get(url, told);
      expect([url, headers['strict-transport-security']]).toEqual([url, 'max-age=31536000']);
      expect((await ada.get(url)).headers['strict-transport-security']).toBeUndefined();
    }
  });

  test('is not believed from anybody else', async () => {
    for (const proxies of [[], ['10.0.0.7']]) {
      const ada = (await openSite({ proxies })).browser();
      expect((await ada.get('/', told)).headers['strict-transport-security']).toBeUndefined();
    }
  });
});

/** What a real server answers to these bytes. */
async function exchange(sent: string): Promise<string> {
  const { app } = await openSite();
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(sent);
  return text(socket);
}
