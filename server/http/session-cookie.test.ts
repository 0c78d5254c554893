import { describe, expect, test } from 'vitest';
import { openSite } from './site.contract.ts';

const FORM = { name: 'Ada', room: 'tea' };
const TLS = { 'x-forwarded-proto': 'https' };
const EVERYWHERE = ['HttpOnly', 'Max-Age=34560000', 'Path=/', 'SameSite=Lax'];

/** The name of the one cookie that an answer sets, and its attributes, sorted. */
function cookieIn(header: unknown): [string, string[]] {
  const [pair = '', ...attributes] = String(header).split('; ');
  return [pair.split('=')[0] ?? '', attributes.sort()];
}

describe('the session’s cookie has these attributes and no other', () => {
  test('without TLS', async () => {
    const answer = await (await openSite()).browser().post('/', FORM);
    expect(cookieIn(answer.headers['set-cookie'])).toEqual(['snug-5000', EVERYWHERE]);
  });

  test('under TLS: Secure, and no Domain, which __Host- forbids', async () => {
    const answer = await (await openSite({ proxies: ['127.0.0.1'] })).browser().post('/', FORM, TLS);
    expect(cookieIn(answer.headers['set-cookie'])).toEqual(['__Host-snug-5000', [...EVERYWHERE, 'Secure'].sort()]);
  });

  test('also the one that a visitor gets with the page, behind a proxy that says nothing of TLS too', async () => {
    const plain = await (await openSite()).browser().get('/');
    expect(cookieIn(plain.headers['set-cookie'])).toEqual(['snug-5000', EVERYWHERE]);
    const { browser } = await openSite({ origins: ['https://chat.example.org'] });
    const ada = browser();
    const https = { host: 'chat.example.org', origin: 'https://chat.example.org' };
    const page = await ada.get('/', { host: https.host });
    expect(cookieIn(page.headers['set-cookie'])).toEqual(['__Host-snug-5000', [...EVERYWHERE, 'Secure'].sort()]);
    const visitor = ada.cookies.get('__Host-snug-5000') ?? '';
    for (const _ of ['lost', 'repeated']) {
      ada.cookies.set('__Host-snug-5000', visitor);
      expect((await ada.post('/', FORM, https)).statusCode).toBe(303);
    }
  });

  test('and is not taken over plain HTTP for the one of TLS', async () => {
    const { browser } = await openSite({ origins: ['https://chat.example.org'] });
    const ada = browser();
    await ada.post('/', FORM);
    const token = ada.cookies.get('snug-5000') ?? '';
    const https = { host: 'chat.example.org', origin: 'https://chat.example.org' };
    const again = await browser().get('/chat/tea', { ...https, cookie: `snug-5000=${token}` });
    expect([again.statusCode, again.headers.location]).toEqual([303, '/?room=tea']);
  });
});
