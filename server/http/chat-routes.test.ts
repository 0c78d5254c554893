import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { roomName } from '../../protocol/names.ts';
import { hashToken } from '../session-token.ts';
import { StoreUnavailable } from '../store/store.ts';
import { type Browser, openSite, type Site } from './site.contract.ts';

async function membersOf(site: Site, browser: Browser, room: string) {
  const session = await site.store.session(hashToken(browser.cookies.get('snug-5000') ?? ''));
  const found = await site.store.room(room as Address);
  return site.store.membersOf(session!.id, found!.id);
}

describe('/chat', () => {
  test('leads to the room the session was last in, or to the login page', async () => {
    const { browser } = await openSite();
    const ada = browser();
    expect((await ada.get('/chat')).headers.location).toBe('/');
    await ada.post('/', { name: 'Ada', room: 'tea' });
    await ada.post('/', { name: 'Ada', room: 'Chess & co' });
    await ada.get('/chat/tea');
    const answer = await ada.get('/chat');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/chat/tea']);
    await ada.get('/chat/chess%20%26%20co');
    expect((await ada.get('/chat')).headers.location).toBe('/chat/chess%20%26%20co');
    expect((await ada.get('/chat/')).headers.location).toBe('/chat');
  });
});

describe('the page of a room', () => {
  test('is kept from those without a session, and from those who are no members; both are led in, the room filled in', async () => {
    const { browser } = await openSite();
    const ada = browser();
    await ada.post('/', { name: 'Ada', room: 'tea & cake' });
    const bob = browser();
    await bob.post('/', { name: 'Bob', room: 'chess' });
    for (const stranger of [browser(), bob]) {
      const known = await stranger.get('/chat/tea%20%26%20cake');
      expect([known.statusCode, known.headers.location]).toEqual([303, '/?room=tea%20%26%20cake']);
      const unknown = await stranger.get('/chat/nowhere');
      expect([unknown.statusCode, unknown.headers.location]).toEqual([303, '/?room=nowhere']);
    }
  });

  test('is personal: nothing keeps it', async () => {
    const ada = (await openSite()).browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    expect((await ada.get('/chat/tea')).headers['cache-control']).toBe('no-store');
  });

  test('H1: an ended session is led to the login page, the room kept', async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const session = await site.store.session(hashToken(ada.cookies.get('snug-5000') ?? ''));
    await site.store.endSession(session!.id);
    expect((await ada.get('/chat/tea')).headers.location).toBe('/?room=tea');
  });

  test('N6: another spelling leads to the address, and what stands behind it goes along', async () => {
    const ada = (await openSite()).browser();
    await ada.post('/', { name: 'Ada', room: 'Tea Room' });
    const answer = await ada.get('/chat/TEA%20%20Room?at=7&as=m');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/chat/tea%20room?at=7&as=m']);
  });

  test('N6: the address that a form leads to leads nowhere else, whatever the room is called', async () => {
    const { browser } = await openSite();
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => roomName(name).ok);
    await fc.assert(
      fc.asyncProperty(names, async (room) => {
        const ada = browser();
        const entered = await ada.post('/', { name: `Ada ${Math.random()}`, room });
        expect(entered.statusCode).toBe(303);
        const page = await ada.get(String(entered.headers.location));
        expect(page.statusCode).toBe(200);
      }),
      { numRuns: 50 },
    );
  });

  test("H3: `as` says which of several members this tab is; one that is not this session's is ignored", async () => {
    const site = await openSite();
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const alone = await ada.get('/chat/tea');
    expect(alone.body).toContain('data-name="Ada"');
    expect(alone.body).toMatch(/data-as="[^"]+"/);
    await ada.post('/', { name: 'Bob', room: 'tea' });
    const eve = site.browser();
    await eve.post('/', { name: 'Eve', room: 'tea' });
    const [first, second] = await membersOf(site, ada, 'tea');
    const [foreign] = await membersOf(site, eve, 'tea');
    expect((await ada.get(`/chat/tea?as=${second?.id}`)).body).toContain(`data-name="Bob" data-as="${second?.id}"`);
    for (const as of ['', `?as=${foreign?.id}`, '?as=', '?as=__proto__']) {
      expect((await ada.get(`/chat/tea${as}`)).body).toContain(`data-name="Ada" data-as="${first?.id}"`);
    }
  });

  test.each([
    ['/chat/a%2Fb', 'cannot have /'],
    ['/chat/%7Eabc', 'begin with ~'],
    ['/chat/%00', 'cannot be seen'],
    ['/chat/%E2%80%8B', 'cannot be seen'],
    [`/chat/${'y'.repeat(65)}`, 'too long'],
    [`/chat/${'%F0%9F%98%80'.repeat(300)}`, 'too long'],
  ])('says of a room that cannot be why not: %s', async (url, reason) => {
    const answer = await (await openSite()).browser().get(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toMatch(new RegExp(`id="room-problem">[^<]*${reason.replaceAll('.', '\\.')}`, 'u'));
  });

  test('asks nothing of the store for a room that cannot be', async () => {
    const { browser } = await openSite({
      wrap: (store) => Object.assign(store, { session: () => Promise.reject(new Error('asked')) }),
    });
    expect((await browser().get('/chat/a%2Fb')).statusCode).toBe(404);
  });

  test('is shown also when the last room cannot be remembered', async () => {
    const away = () => Promise.reject(new StoreUnavailable('read-only'));
    const ada = (await openSite({ wrap: (store) => Object.assign(store, { rememberRoom: away }) })).browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    expect((await ada.get('/chat/tea')).statusCode).toBe(200);
  });

  test('R10: says what to do, and when, while the store is away', async () => {
    let away = false;
    const site = await openSite({
      wrap: (store) => {
        const room = store.room.bind(store);
        return Object.assign(store, {
          room: (address: Address) => (away ? Promise.reject(new StoreUnavailable('away')) : room(address)),
        });
      },
    });
    const ada = site.browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    away = true;
    const answer = await ada.get('/chat/tea');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.body).toContain('Load this page again');
  });
});

describe('the page of a conversation of two', () => {
  const opened = async () => {
    const site = await openSite();
    const [ada, ben, cleo] = [site.browser(), site.browser(), site.browser()];
    for (const [browser, name] of [
      [ada, 'Ada'],
      [ben, 'Ben'],
      [cleo, 'Cleo'],
    ] as const)
      await browser.post('/', { name, room: 'tea' });
    const [[one], [other]] = [await membersOf(site, ada, 'tea'), await membersOf(site, ben, 'tea')];
    const direct = await site.store.openDirect(one!.id, other!.id);
    if (!direct.ok) throw new Error(direct.code);
    return { site, ada, ben, cleo, path: `/chat/${direct.room.address}`, address: direct.room.address };
  };

  test('D2: opens for its two members, in any spelling, and is where /chat leads then', async () => {
    const { ada, ben, path } = await opened();
    for (const browser of [ada, ben]) {
      const page = await browser.get(path);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('Ada &amp; Ben');
    }
    expect((await ada.get('/chat')).headers.location).toBe(path);
    const shouted = await ada.get(`${path.toUpperCase().replace('/CHAT', '/chat')}?at=3`);
    expect([shouted.statusCode, shouted.headers.location]).toEqual([303, `${path}?at=3`]);
  });

  test('D2: for everybody else it is as if it were not there', async () => {
    const { site, cleo, path } = await opened();
    const nowhere = `/chat/~${'a'.repeat(26)}`;
    for (const browser of [cleo, site.browser()]) {
      const [one, other] = [await browser.get(path), await browser.get(nowhere)];
      expect([one.statusCode, other.statusCode]).toEqual([404, 404]);
      expect(one.body).toBe(other.body);
      expect(one.body).toContain('open to its two members alone');
    }
  });

  test('D2: nobody comes in by the form, its members neither', async () => {
    const { ada, cleo, address } = await opened();
    for (const browser of [ada, cleo]) {
      const answer = await browser.post('/', { name: 'Ben', room: address });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('begin with ~');
    }
  });

  test('D1: the login page offers rooms that have a name, whoever has opened a conversation last', async () => {
    const { ben, address } = await opened();
    for (const path of ['/', `/?room=${address}`]) {
      const { body } = await ben.get(path);
      expect(body).toContain('value="tea"');
      expect(body).not.toContain(address);
      expect(body).not.toContain('Ada &amp; Ben');
    }
    expect((await ben.get('/names')).body).toContain('Ada &amp; Ben');
  });
});
