import { describe, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { StoreUnavailable } from '../store/store.ts';
import { openSite } from './site.contract.ts';

describe('every answer', () => {
  test('is a page also where there is none', async () => {
    const ada = (await openSite()).browser();
    for (const url of [
      '/nowhere',
      '/%ff',
      '/.vite/manifest.json',
      '/assets/',
      '/assets/..%2f..%2fpackage.json',
      '/leave',
    ]) {
      const answer = await ada.get(url);
      expect([url, answer.statusCode]).toEqual([url, 404]);
      expect(answer.body).toMatch(/<h1>There is no page here<\/h1>/u);
    }
  });
});

describe('the door', () => {
  const form = { name: 'Ada', room: 'tea' };

  test.each([
    ['a foreign page', 'https://evil.example'],
    ['a page of no origin', 'null'],
    ['another port of this machine', 'http://localhost:5001'],
    ['the same name under TLS', 'https://localhost:5000'],
  ])('H6: takes no form from %s, whatever method it says it is', async (_, origin) => {
    const { browser, lines, store } = await openSite();
    const ada = browser();
    for (const headers of [{ origin }, { origin, 'x-http-method-override': 'GET' }]) {
      const answer = await ada.post('/', form, headers);
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toMatch(/<h1>This came from somewhere else<\/h1>/u);
      expect((await ada.ask('PUT', '/', headers)).statusCode).toBe(403);
    }
    expect(ada.cookies.size).toBe(0);
    expect(await store.room('tea' as Address)).toBeUndefined();
    expect(lines.some((line) => line.includes(origin) && line.includes('"level":40'))).toBe(true);
    expect((await ada.get('/', { origin })).statusCode).toBe(200);
  });

  test('H6: a form without an Origin is taken only without a cookie', async () => {
    const { browser } = await openSite();
    const script = browser();
    const sent = { host: 'localhost:5000', 'content-type': 'application/x-www-form-urlencoded' };
    expect((await script.ask('PUT', '/', sent)).statusCode).toBe(404);
    await script.post('/', form);
    expect((await script.ask('PUT', '/', sent)).statusCode).toBe(403);
  });

  test('answers under no name but its own, and says how to add one; the health is told to anybody', async () => {
    const { browser } = await openSite({ origins: ['https://chat.example.org'] });
    const ada = browser();
    const answer = await ada.get('/', { host: 'rebound.example:5000' });
    expect(answer.statusCode).toBe(421);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toContain('SNUG_ORIGINS=http://rebound.example:5000');
    expect((await ada.get('/', { host: 'chat.example.org' })).statusCode).toBe(200);
    expect((await ada.get('/health/live', { host: '10.0.0.7' })).statusCode).toBe(200);
  });
});

describe('the log', () => {
  const long = 'x'.repeat(12_000);

  test.each([
    ['hosts that are not ours', 421, { host: long }],
    ['forms of foreign pages', 403, { origin: `https://${long}` }],
  ])('is not filled by %s: they are told once, and cut', async (_, status, headers) => {
    const { browser, lines } = await openSite();
    const ada = browser();
    for (let n = 0; n < 10; n += 1) expect((await ada.post('/', {}, headers)).statusCode).toBe(status);
    const told = lines.filter((line) => line.includes('"level":40'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('xxx');
    expect(told[0]!.length).toBeLessThan(500);
  });

  test('is not filled by failures that anybody can ask for, nor do they hide each other', async () => {
    const failing = () => Promise.reject(new TypeError('boom'));
    const away = () => Promise.reject(new StoreUnavailable('away'));
    const { browser, lines } = await openSite({
      wrap: (store) => Object.assign(store, { openRoom: away, session: failing }),
    });
    for (let n = 0; n < 10; n += 1) {
      const ada = browser();
      await ada.post('/', { name: 'Ada', room: 'tea' });
      for (const path of ['/chat', '/names']) await ada.get(path, { cookie: `snug-5000=${'x'.repeat(43)}` });
      await ada.ask('POST', '/', { 'content-type': 'text/plain' }, 'x');
    }
    const messages = lines.map((line) => `${JSON.parse(line).msg} ${JSON.parse(line).url ?? ''}`.trim());
    expect(messages.toSorted()).toEqual([
      'a request failed /chat',
      'a request failed /names',
      'a request was refused /',
      'nobody can come in',
    ]);
  });
});

describe('the health', () => {
  test('says that the process lives and is ready', async () => {
    const ada = (await openSite()).browser();
    for (const url of ['/health/live', '/health/ready']) {
      const answer = await ada.get(url);
      expect([answer.statusCode, answer.json()]).toEqual([200, { ok: true }]);
      expect(answer.headers['content-type']).toMatch(/^application\/json/u);
    }
  });

  test('is not ready while the store does not work, and tells nobody why', async () => {
    let problem: string | undefined = '/srv/data/snug.db is malformed';
    const { browser } = await openSite({ wrap: (store) => Object.assign(store, { problem: () => problem }) });
    const ada = browser();
    const answer = await ada.get('/health/ready');
    expect([answer.statusCode, answer.json().ok]).toEqual([503, false]);
    expect(answer.body).not.toContain('/srv');
    expect((await ada.get('/health/live')).statusCode).toBe(200);
    problem = undefined;
    expect((await ada.get('/health/ready')).statusCode).toBe(200);
  });

  test('is not ready while stopping', async () => {
    const ada = (await openSite({ isStopping: () => true })).browser();
    expect((await ada.get('/health/ready')).statusCode).toBe(503);
    expect((await ada.get('/health/live')).statusCode).toBe(200);
  });
});

test('the log says nothing of names, rooms, tokens and addresses of people', async () => {
  const site = await openSite();
  const ada = site.browser();
  await ada.post('/', { name: 'Adalina', room: 'secret tea' });
  await ada.get('/chat/secret%20tea');
  await ada.get('/nowhere?room=secret%20tea');
  await ada.post('/', 'name=Adalina&name=b');
  await ada.post('/sign-out', {});
  const log = site.lines.join('');
  expect(log).not.toMatch(/Adalina|secret|127\.0\.0\.1/u);
  for (const token of ada.cookies.values()) expect(log).not.toContain(token);
});
