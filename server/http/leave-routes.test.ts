import { describe, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { hashToken } from '../session-token.ts';
import { StoreUnavailable } from '../store/store.ts';
import { type Browser, openSite, type Site } from './site.contract.ts';

async function placesOf(site: Site, browser: Browser, address: string) {
  const session = await site.store.session(hashToken(browser.cookies.get('snug-5000') ?? ''));
  const room = await site.store.room(address as Address);
  return { session: session!, room: room!, members: await site.store.membersOf(session!.id, room!.id) };
}

describe('leaving a room by its form', () => {
  test('P3: takes the member that `as` names out of the room, and leads to the first page; its name stays its own', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await ada.post('/', { name: 'Bob', room: 'tea' });
    const { members } = await placesOf(site, ada, 'tea');
    const answer = await ada.post('/leave', { room: 'TEA', as: members[1]?.id ?? '' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
    expect(site.asked).toEqual([`takeOut ${members[1]?.id}`, `silence ${members[1]?.id}`]);
    expect((await placesOf(site, ada, 'tea')).members).toHaveLength(2);
  });

  test('without `as`, or with one of somebody else, it is the member that the page showed', async () => {
    const site = await openSite();
    const [ada, eve] = [site.browser(), site.browser()];
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await eve.post('/', { name: 'Eve', room: 'tea' });
    const own = (await placesOf(site, ada, 'tea')).members[0]?.id;
    const foreign = (await placesOf(site, eve, 'tea')).members[0]?.id ?? '';
    await ada.post('/leave', { room: 'tea' });
    await ada.post('/leave', { room: 'tea', as: foreign });
    expect(site.asked.filter((line) => line.startsWith('takeOut'))).toEqual([`takeOut ${own}`, `takeOut ${own}`]);
  });

  test.each([['nowhere'], ['a/b'], [''], ['__proto__']])(
    'a room one is not in has nothing to leave: %j',
    async (room) => {
      const site = await openSite();
      for (const visitor of [site.browser(), site.browser()]) {
        const answer = await visitor.post('/leave', { room });
        expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
        await visitor.post('/', { name: `Ada ${Math.random()}`, room: 'tea' });
      }
      expect(site.asked).toEqual([]);
    },
  );
});

describe('signing out', () => {
  test('N7: ends the session, frees its names, takes its members out everywhere, closes its connections, forgets the cookie', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await ada.post('/', { name: 'Bob', room: 'tea' });
    await ada.post('/', { name: 'Ada', room: 'chess' });
    const tea = await placesOf(site, ada, 'tea');
    const chess = await placesOf(site, ada, 'chess');
    const token = ada.cookies.get('snug-5000') ?? '';
    const answer = await ada.post('/sign-out', {});
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
    expect(String(answer.headers['set-cookie'])).toMatch(/^snug-5000=; .*(?:Max-Age=0|Expires=Thu, 01 Jan 1970)/u);
    expect(await site.store.session(hashToken(token))).toBeUndefined();
    const out = site.asked.filter((line) => line.startsWith('takeOut'));
    expect(out.sort()).toEqual([...tea.members, ...chess.members].map(({ id }) => `takeOut ${id}`).sort());
    const closed = site.asked.indexOf(`close ${tea.session.id}`);
    expect(closed).toBeGreaterThan(site.asked.lastIndexOf(out.at(-1) ?? ''));
    expect((await site.browser().post('/', { name: 'Bob', room: 'tea' })).statusCode).toBe(303);
  });

  test('asks first, in words, and says whose names will be free', async () => {
    const site = await openSite();
    const ada = site.browser();
    expect((await ada.get('/sign-out')).headers.location).toBe('/');
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await ada.post('/', { name: 'Ben', room: 'chess' });
    const { statusCode, body } = await ada.get('/sign-out');
    expect(statusCode).toBe(200);
    expect(body).toContain('<bdi class="own-name">Ada</bdi> in <bdi>tea</bdi>');
    expect(body).toContain('<bdi class="own-name">Ben</bdi> in <bdi>chess</bdi>');
    expect((await ada.get('/chat/tea')).statusCode).toBe(200);
  });

  test('leaves nothing in this browser: it is told to forget, and the next page says so once', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const referer = 'http://localhost:5000/sign-out';
    expect((await ada.get('/', { referer })).body).not.toContain('signed-out');
    const answer = await ada.post('/sign-out', {}, { referer });
    expect(answer.headers['clear-site-data']).toBe('"storage"');
    expect((await ada.get('/', { referer })).body).toContain('id="signed-out"');
    for (const other of ['https://evil.example/sign-out', 'http://localhost:5000/', 'sign-out', '']) {
      expect((await ada.get('/', { referer: other })).body).not.toContain('signed-out');
    }
  });

  test('R10: that failed forgets nothing, and says when to try again: the session, its cookie and what the browser keeps stay', async () => {
    const away = () => Promise.reject(new StoreUnavailable('away'));
    const site = await openSite({ wrap: (store) => Object.assign(store, { endSession: away }) });
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const answer = await ada.post('/sign-out', {});
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.headers['clear-site-data']).toBeUndefined();
    expect(ada.cookies.has('snug-5000')).toBe(true);
  });

  test('without a session it leads to the first page all the same', async () => {
    const site = await openSite();
    const answer = await site.browser().post('/sign-out', '');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
    expect(site.asked).toEqual([]);
  });
});
