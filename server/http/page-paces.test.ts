import { describe, expect, test } from 'vitest';
import type { Address, SessionId } from '../../protocol/ids.ts';
import { LIMITS, type LimitName, type Limits } from '../limits/limits.ts';
import { hashToken } from '../session-token.ts';
import { PagePaces } from './page-paces.ts';
import { type Browser, openSite, type SiteOptions } from './site.contract.ts';

const few = { amount: 3, perMs: 60_000, burst: 3 };

async function site(limits: Partial<Limits>, more: SiteOptions = {}) {
  const clock = { at: 0, now: () => clock.at };
  const reached: LimitName[] = [];
  const parts = { limits: { ...LIMITS, ...limits }, clock, reached: (limit: LimitName) => void reached.push(limit) };
  return { ...(await openSite({ ...more, paces: new PagePaces(parts) })), clock, reached };
}

async function statuses(count: number, ask: () => ReturnType<Browser['get']>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push((await ask()).statusCode);
  return all;
}

describe('R9: pages', () => {
  test.each([
    ['pages', '/', {}, 200],
    ['redirects', '/chat', {}, 303],
    ['pages that are not there', '/nowhere', {}, 404],
    ['pages under a name that is not ours', '/', { host: 'rebound.example' }, 421],
  ])('R9, R10: an address asks for so many %s, and is told when to try again', async (_, url, headers, status) => {
    const { browser, clock, reached } = await site({ pages: few });
    const ada = browser();
    expect(await statuses(4, () => ada.get(url, headers))).toEqual([status, status, status, 429]);
    const { headers: told, body } = await ada.get(url, headers);
    expect([told['retry-after'], told['content-type']]).toEqual(['20', 'text/html; charset=utf-8']);
    expect(body).toMatch(/<h1>Too much was asked for from here at once<\/h1>.*Nothing is lost: wait a minute/u);
    expect(new Set(reached)).toEqual(new Set(['pages']));
    clock.at += 20_000;
    expect((await ada.get(url, headers)).statusCode).toBe(status);
  });

  test('R9: forms are counted, whatever is in them, and pages are there still', async () => {
    const { browser, reached } = await site({ forms: { ...few, amount: 4, burst: 4 } });
    const answers = [
      await browser().post('/', { name: 'Ada', room: 'tea' }),
      await browser().post('/', { name: 'Admin', room: 'tea' }),
      await browser().post('/', 'name=a&name=b'),
      await browser().post('/', {}, { origin: 'https://evil.example' }),
      await browser().post('/', { name: 'Ben', room: 'tea' }),
      await browser().post('/leave', {}),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 422, 400, 403, 429, 429]);
    expect((await browser().get('/')).statusCode).toBe(200);
    expect(reached).toEqual(['forms', 'forms']);
  });

  test('R9: files are counted apart, in every way of asking', async () => {
    const { browser, reached } = await site({ files: few, pages: few });
    const ada = browser();
    expect((await ada.get('/assets/login-1.js', { 'accept-encoding': 'br' })).statusCode).toBe(200);
    expect((await ada.head('/assets/login-1.js')).statusCode).toBe(200);
    expect((await ada.get('/favicon.svg')).statusCode).toBe(200);
    expect((await ada.get('/assets/login-1.js')).statusCode).toBe(429);
    expect(await statuses(3, () => ada.get('/'))).toEqual([200, 200, 200]);
    expect(reached).toEqual(['files']);
  });

  test('R9: whoever watches the health is never told to wait', async () => {
    const { browser } = await site({ pages: few, files: few });
    const ada = browser();
    for (const path of ['live', 'ready'])
      expect(await statuses(10, () => ada.get(`/health/${path}`))).toEqual(Array.from({ length: 10 }, () => 200));
  });

  test('R9: each address is counted alone, of IPv6 the /64, also behind a proxy of ours', async () => {
    const { browser } = await site({ pages: few }, { proxies: ['127.0.0.1'] });
    const from = (address: string) => browser().get('/', { 'x-forwarded-for': address });
    for (let n = 0; n < 3; n += 1) expect((await from(`2001:db8::${n}`)).statusCode).toBe(200);
    expect((await from('2001:db8::4')).statusCode).toBe(429);
    expect((await from('2001:db8:0:1::1')).statusCode).toBe(200);
  });

  test('R9: a school that comes in at once, or reloads two tabs each, is served', async () => {
    const paces = new PagePaces({ limits: LIMITS, clock: { now: () => 0 }, reached: () => undefined });
    const ask = (method: string, costs?: 'files') => paces.waitFor(method, costs, 'school');
    const waits: number[] = [];
    for (let pupil = 0; pupil < 300; pupil += 1) {
      waits.push(ask('GET'), ask('POST'), ask('GET'), ask('GET'));
      for (let file = 0; file < 15; file += 1) waits.push(ask('GET', 'files'));
    }
    expect(waits.filter((wait) => wait > 0)).toEqual([]);
  });
});

describe('R9: rooms that /chat leads to', () => {
  test('R9: a session that goes back and forth makes no write of each page, and is shown all of them', async () => {
    const written: Address[] = [];
    const { browser, clock, store } = await site(
      { visits: few },
      {
        wrap: (kept) => {
          const rememberRoom = kept.rememberRoom.bind(kept);
          return Object.assign(kept, {
            rememberRoom(session: SessionId, room: Address) {
              written.push(room);
              return rememberRoom(session, room);
            },
          });
        },
      },
    );
    const ada = browser();
    for (const room of ['tea', 'chess']) await ada.post('/', { name: 'Ada', room });
    for (let n = 0; n < 10; n += 1)
      expect((await ada.get(`/chat/${n % 2 === 0 ? 'tea' : 'chess'}`)).statusCode).toBe(200);
    expect(written).toEqual(['tea', 'chess', 'tea']);
    clock.at += 20_000;
    await ada.get('/chat/chess');
    expect((await ada.get('/chat')).headers.location).toBe('/chat/chess');
    expect(await store.session(hashToken(ada.cookies.get('snug-5000') ?? ''))).toMatchObject({ lastRoom: 'chess' });
  });
});
