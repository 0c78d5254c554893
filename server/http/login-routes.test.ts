import { describe, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { Guard } from '../guard.ts';
import { hashToken } from '../session-token.ts';
import { StorageFull, StoreBusy, StoreUnavailable } from '../store/store.ts';
import { LIMITS, type Limits } from '../limits/limits.ts';
import { Tolls } from '../limits/tolls.ts';
import { type Browser, openSite, type SiteOptions } from './site.contract.ts';

const few = { amount: 2, perMs: 60_000, burst: 2 };

describe('the login page', () => {
  test('is at /, with the room that the address names filled in, and kept by nobody', async () => {
    const ada = (await openSite()).browser();
    const plain = await ada.get('/');
    expect(plain.statusCode).toBe(200);
    expect(plain.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(plain.headers['cache-control']).toBe('no-store');
    const filled = await ada.get('/?room=Caf%C3%A9+%22x%22&room=other');
    expect(filled.body).toContain('value="Café &quot;x&quot;"');
  });

  test('is found by HEAD, without a body', async () => {
    const answer = await (await openSite()).browser().head('/');
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('coming in', () => {
  test('sets the session and leads to the room, by its address', async () => {
    const { browser } = await openSite();
    const ada = browser();
    const answer = await ada.post('/', { name: ' Ada ', room: 'Tea  ROOM' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/chat/tea%20room']);
    const chat = await ada.get('/chat/tea%20room');
    expect(chat.statusCode).toBe(200);
    expect(chat.body).toContain('data-room="tea room" data-title="Tea ROOM" data-name="Ada"');
  });

  test('H1: the cookie is out of reach of scripts and of other sites, and is named after the port', async () => {
    const { browser, store } = await openSite({
      port: () => 6123,
      guard: new Guard({ port: () => 6123, origins: [], addresses: [] }),
    });
    const answer = await browser().post(
      '/',
      { name: 'Ada', room: 'tea' },
      { host: 'localhost:6123', origin: 'http://localhost:6123' },
    );
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^snug-6123=[\w-]{22,}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/u);
    const token = cookie.slice('snug-6123='.length, cookie.indexOf(';'));
    expect(await store.session(hashToken(token))).toBeDefined();
    expect(await store.session(token)).toBeUndefined();
  });

  test('H1: every form sent gives a new token to the same session, and the old one is dead as soon as it is used', async () => {
    const { browser, store } = await openSite();
    const ada = browser();
    await ada.post('/', { name: 'Ada', room: 'tea' });
    const first = ada.cookies.get('snug-5000') ?? '';
    const before = await store.session(hashToken(first));
    await ada.post('/', { name: 'Ada', room: 'chess' });
    const second = ada.cookies.get('snug-5000') ?? '';
    expect(second).not.toBe(first);
    expect((await ada.get('/chat/tea')).statusCode).toBe(200);
    expect(await store.session(hashToken(first))).toBeUndefined();
    expect((await store.session(hashToken(second)))?.id).toBe(before?.id);
  });

  test('H1: a token that somebody else chose is never taken', async () => {
    const { browser } = await openSite();
    const victim = browser();
    victim.cookies.set('snug-5000', 'chosen-by-somebody-else');
    await victim.post('/', { name: 'Ada', room: 'tea' });
    expect(victim.cookies.get('snug-5000')).not.toBe('chosen-by-somebody-else');
  });

  test('H1: a planted token opens nothing once the redirect was followed, and comes in as nobody', async () => {
    const { browser, store } = await openSite();
    const [victim, thief] = [browser(), browser()];
    await thief.get('/');
    const planted = thief.cookies.get('snug-5000') ?? '';
    victim.cookies.set('snug-5000', planted);
    const { headers } = await victim.post('/', { name: 'Ada', room: 'tea' });
    expect((await thief.get('/chat/tea')).headers.location).toBe('/?room=tea');
    expect((await victim.get(headers.location ?? '')).statusCode).toBe(200);
    expect(await store.session(hashToken(planted))).toBeUndefined();
    expect((await thief.post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(422);
    expect((await victim.get('/chat/tea')).statusCode).toBe(200);
  });

  test('H2: the same name is the same member, another name a further one, and the address says which', async () => {
    const { browser, store } = await openSite();
    const tab = browser();
    const first = await tab.post('/', { name: 'Ada', room: 'tea' });
    expect(first.headers.location).toBe('/chat/tea');
    const second = await tab.post('/', { name: 'Bob', room: 'tea' });
    const again = await tab.post('/', { name: 'ada', room: 'TEA' });
    const room = await store.room('tea' as Address);
    const session = await store.session(hashToken(tab.cookies.get('snug-5000') ?? ''));
    const members = await store.membersOf(session!.id, room!.id);
    expect(members.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
    expect(second.headers.location).toBe(`/chat/tea?as=${members[1]?.id}`);
    expect(again.headers.location).toBe(`/chat/tea?as=${members[0]?.id}`);
  });

  test('Secure and __Host- come with a form that was loaded over TLS, also where no proxy says so', async () => {
    const { browser } = await openSite({ origins: ['https://chat.example.org'] });
    const ada = browser();
    const https = { host: 'chat.example.org', origin: 'https://chat.example.org' };
    const answer = await ada.post('/', { name: 'Ada', room: 'tea' }, https);
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-snug-5000=[^;]+;.* Path=\/;.*; Secure/u);
    expect((await ada.get('/chat/tea', { host: https.host })).statusCode).toBe(200);
  });

  test('Secure and __Host- come with TLS, as a trusted proxy tells it, and with nobody else', async () => {
    const told = { 'x-forwarded-proto': 'https' };
    const behind = await openSite({ proxies: ['127.0.0.1'] });
    const answer = await behind.browser().post('/', { name: 'Ada', room: 'tea' }, told);
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-snug-5000=[^;]+;.*; Secure/u);
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/u);
    const alone = await openSite();
    const forged = await alone.browser().post('/', { name: 'Ada', room: 'tea' }, told);
    expect(String(forged.headers['set-cookie'])).not.toContain('Secure');
    expect(forged.headers['strict-transport-security']).toBeUndefined();
  });
});

describe('H1: the answer was lost, and the form is sent again', () => {
  const FORM = { name: 'Ada', room: 'tea' };
  const cookieOf = (tab: Browser) => tab.cookies.get('snug-5000') ?? '';

  /** The cookie that the lost answer would have set. */
  async function losing(tab: Browser, form: Record<string, string> = FORM): Promise<string> {
    const kept = cookieOf(tab);
    await tab.post('/', form);
    const lost = cookieOf(tab);
    tab.cookies.set('snug-5000', kept);
    return lost;
  }

  test('by somebody who was in a room: it comes in as the same, and keeps all names', async () => {
    const { browser, store } = await openSite();
    const ada = browser();
    await ada.post('/', FORM);
    const { id } = (await store.session(hashToken(cookieOf(ada))))!;
    const other = { name: 'Ada', room: 'chess' };
    const lost = [await losing(ada, other), await losing(ada, other)];
    expect((await ada.post('/', other)).headers.location).toBe('/chat/chess');
    for (const token of lost) expect(await store.session(hashToken(token))).toBeUndefined();
    expect((await store.session(hashToken(cookieOf(ada))))?.id).toBe(id);
    expect((await store.memberships(id)).map(({ room }) => room.address).sort()).toEqual(['chess', 'tea']);
    expect((await ada.get('/chat/tea')).statusCode).toBe(200);
  });

  test('by a new visitor, who was given a token that opens nothing with the page', async () => {
    const { browser, store } = await openSite({ tolls: new Tolls({ ...LIMITS, members: few }) });
    const ada = browser();
    await ada.get('/');
    const visitor = cookieOf(ada);
    expect(visitor).toMatch(/^new\.[\w-]{43}$/u);
    await ada.get('/');
    expect(cookieOf(ada)).toBe(visitor);
    const lost = [await losing(ada), await losing(ada), await losing(ada)];
    expect((await ada.post('/', FORM)).headers.location).toBe('/chat/tea');
    for (const token of lost) expect(await store.session(hashToken(token))).toBeUndefined();
    expect((await ada.get('/chat/tea')).statusCode).toBe(200);
    expect(await store.session(hashToken(visitor))).toBeUndefined();
  });

  test('twice at once: both are the same member', async () => {
    const { browser } = await openSite();
    const ada = browser();
    await ada.get('/');
    const answers = await Promise.all([ada.post('/', FORM), ada.post('/', FORM)]);
    expect(answers.map(({ headers }) => headers.location)).toEqual(['/chat/tea', '/chat/tea']);
  });

  test('a browser with no cookie comes in all the same, but is not known again', async () => {
    const { browser } = await openSite();
    expect((await browser().post('/', FORM)).statusCode).toBe(303);
    expect((await browser().post('/', FORM)).statusCode).toBe(422);
  });

  test('after signing out none of its tokens opens anything, nor begins a session', async () => {
    const { browser, store } = await openSite();
    const ada = browser();
    await ada.post('/', FORM);
    const former = cookieOf(ada);
    const lost = await losing(ada);
    await ada.post('/sign-out', {});
    for (const token of [former, lost]) {
      expect(await store.session(hashToken(token))).toBeUndefined();
      const back = browser();
      back.cookies.set('snug-5000', token);
      await back.post('/', { name: 'Eve', room: token.slice(0, 5) });
      expect(await store.session(hashToken(token))).toBeUndefined();
    }
  });
});

describe('a form with a mistake', () => {
  test.each([
    ['N1', { name: '', room: 'tea' }, 'name', 'Please give a name.'],
    ['N1', { name: 'x'.repeat(33), room: 'tea' }, 'name', 'too long'],
    ['N2', { name: 'Ad\u200ba', room: 'tea' }, 'name', 'cannot be seen'],
    ['N2', { name: '\ufeffAda', room: 'tea' }, 'name', 'cannot be seen'],
    ['N3', { name: 'Admin', room: 'tea' }, 'name', 'kept for the room'],
    ['N5', { name: 'Ada', room: '' }, 'room', 'Please give a room.'],
    ['N5', { name: 'Ada', room: 'a/b' }, 'room', 'cannot have /'],
    ['N5', { name: 'Ada', room: '..' }, 'room', 'be . or ..'],
    ['N5', { name: 'Ada', room: '~abcdefghijklmnopqrstuvwxyz' }, 'room', 'begin with ~'],
    ['N5', { name: 'Ada', room: 'y'.repeat(65) }, 'room', 'too long'],
  ] as const)(
    '%s: is shown again with 422 and the reason beside the field, and keeps what was typed: %j',
    async (_, form, field, reason) => {
      const { browser, store } = await openSite();
      const ada = browser();
      const answer = await ada.post('/', form);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toMatch(new RegExp(`id="${field}-problem">[^<]*${reason.replaceAll('.', '\\.')}`, 'u'));
      const other = field === 'name' ? 'room' : 'name';
      expect(answer.body).toContain(`id="${other}-problem"><`);
      for (const typed of Object.values(form).filter(Boolean)) expect(answer.body).toContain(`value="${typed}"`);
      expect(ada.cookies.size).toBe(0);
      expect(await store.room('tea' as Address)).toBeUndefined();
    },
  );

  test('says everything that is wrong at once', async () => {
    const answer = await (await openSite()).browser().post('/', 'x=1');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Please give a name.');
    expect(answer.body).toContain('Please give a room.');
  });

  test('N4: a name of somebody else, or one that looks like it, is refused beside the name', async () => {
    const { browser } = await openSite();
    await browser().post('/', { name: 'Paul', room: 'tea' });
    // The third has a Cyrillic a.
    for (const name of ['Paul', 'PAUL', 'P\u0430ul']) {
      const answer = await browser().post('/', { name, room: 'Tea' });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toMatch(/id="name-problem">Somebody else here has this name[^<]+another\./u);
    }
    expect((await browser().post('/', { name: 'Paul', room: 'chess' })).statusCode).toBe(303);
  });

  test('H2: a sixth name in one room is refused; the five stay', async () => {
    const ada = (await openSite()).browser();
    for (const name of ['A1', 'B2', 'C3', 'D4', 'E5'])
      expect((await ada.post('/', { name, room: 'tea' })).statusCode).toBe(303);
    const answer = await ada.post('/', { name: 'F6', room: 'tea' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/role="alert">[^<]*5 in a room/u);
    expect((await ada.post('/', { name: 'C3', room: 'tea' })).statusCode).toBe(303);
  });

  test('a room called like a part of every object is a room like any other', async () => {
    const { browser } = await openSite();
    for (const room of ['__proto__', 'constructor']) {
      const ada = browser();
      const answer = await ada.post('/', { name: 'Ada', room });
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `/chat/${room}`]);
      expect((await ada.get(`/chat/${room}`)).statusCode).toBe(200);
    }
  });
});

describe('bytes that are no form', () => {
  test.each([
    ['a field given twice', 'name=a&name=b&room=tea', {}, 400],
    ['no UTF-8', 'name=%ff&room=tea', {}, 400],
    ['JSON', '{"name":"Ada","room":"tea"}', { 'content-type': 'application/json' }, 415],
    ['a form with files', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['plain text', 'name=Ada', { 'content-type': 'text/plain' }, 415],
    ['a type that is none', 'name=Ada', { 'content-type': 'x' }, 415],
    ['more than any form has', `name=${'a'.repeat(20_000)}`, {}, 413],
  ])('get a page that says so: %s', async (_, body, headers, status) => {
    const { browser, lines } = await openSite();
    const ada = browser();
    const answer = await ada.post('/', body, headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toMatch(/^<!doctype html>.*<h1>[^<]+<\/h1>/u);
    expect(answer.body).not.toMatch(/Error|node_modules|at \//u);
    expect(ada.cookies.size).toBe(0);
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

describe('R9: coming in too often', () => {
  const site = (limits: Partial<Limits>, more: SiteOptions = {}) =>
    openSite({ ...more, tolls: new Tolls({ ...LIMITS, ...limits }) });

  test('R9, R10: says so with 429 and when to try again, keeps what was typed, and leaves nothing behind', async () => {
    const { browser, store } = await site({ members: few });
    for (const name of ['Ada', 'Ben']) await browser().post('/', { name, room: 'tea' });
    const cyd = browser();
    const answer = await cyd.post('/', { name: 'Cyd', room: 'cellar' });
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body).toMatch(/role="alert">[^<]*Nothing is lost: wait \d+ seconds?, then press Join again\./u);
    expect(answer.body).toContain('value="Cyd"');
    expect(answer.body).toContain('value="cellar"');
    expect(cyd.cookies.size).toBe(0);
    expect(await store.room('cellar' as Address)).toBeUndefined();
  });

  test('R9: names that are taken cost as much: nobody asks through who is there', async () => {
    const { browser } = await site({ members: few });
    await browser().post('/', { name: 'Ada', room: 'tea' });
    expect((await browser().post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(422);
    expect((await browser().post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(429);
  });

  test('R9: coming back as who one is there costs nothing', async () => {
    const { browser } = await site({ members: few });
    const ada = browser();
    for (let n = 0; n < 5; n += 1) expect((await ada.post('/', { name: 'Ada', room: 'tea' })).statusCode).toBe(303);
  });

  test('R9: an address makes no more than so many rooms, and comes in where there is one', async () => {
    const { browser } = await site({ rooms: few });
    const come = async (room: string) => (await browser().post('/', { name: `Somebody in ${room}`, room })).statusCode;
    expect([await come('a'), await come('b'), await come('c')]).toEqual([303, 303, 429]);
    expect((await browser().post('/', { name: 'Ada', room: 'a' })).statusCode).toBe(303);
  });

  test('R9: a session comes to no more than so many rooms where it is nobody', async () => {
    const { browser } = await site({ joins: few });
    const ada = browser();
    const come = async (name: string, room: string) => (await ada.post('/', { name, room })).statusCode;
    // With the first it becomes a session.
    expect([await come('Ada', 'a'), await come('Ada', 'b'), await come('Ada', 'c')]).toEqual([303, 303, 303]);
    expect(await come('Ada', 'd')).toBe(429);
    expect(await come('Ada', 'b')).toBe(303);
    expect(await come('Bob', 'b')).toBe(303);
  });

  test('R9: behind a proxy of ours each client is counted alone', async () => {
    const { browser } = await site({ members: few }, { proxies: ['127.0.0.1'] });
    const come = async (name: string, from: string) =>
      (await browser().post('/', { name, room: 'tea' }, { 'x-forwarded-for': from })).statusCode;
    expect([await come('A', '2001:db8::1'), await come('B', '2001:db8::2'), await come('C', '2001:db8::3')]).toEqual([
      303, 303, 429,
    ]);
    expect(await come('D', '203.0.113.1')).toBe(303);
  });
});

describe('while the store is away', () => {
  test.each([
    ['nothing can be asked', new StoreUnavailable('away'), 'Wait a moment', '2'],
    ['too much is asked', new StoreBusy('busy'), 'than it can do just now', '1'],
    ['the disk is full', new StorageFull('full'), 'no space left', '10'],
  ])(
    'R10: coming in says so and when to try again, and keeps what was typed: %s',
    async (_, failure, words, seconds) => {
      const site = await openSite({
        wrap: (store) => Object.assign(store, { openRoom: () => Promise.reject(failure) }),
      });
      const answer = await site.browser().post('/', { name: 'Ada', room: 'tea' });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, seconds]);
      expect(answer.body).toMatch(new RegExp(`role="alert">[^<]*${words}`, 'u'));
      expect(answer.body).toContain('value="Ada"');
      expect(answer.body).toContain('value="tea"');
    },
  );

  test('an error that nobody foresaw is a page without a stack, and is logged with one', async () => {
    const site = await openSite({
      wrap: (store) => Object.assign(store, { openRoom: () => Promise.reject(new TypeError('boom in here')) }),
    });
    const answer = await site.browser().post('/', { name: 'Secret Name', room: 'tea' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/boom|TypeError|node_modules/u);
    expect(site.lines.join('')).toContain('boom in here');
    expect(site.lines.join('')).not.toContain('Secret Name');
  });
});
