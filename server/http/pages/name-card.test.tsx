import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSite } from '../site.contract.ts';
import { renderLogin } from './login-page.tsx';

const assets = { styles: ['/assets/a.css'] };

function cardOf(html: string): Map<string, string> {
  const found = html.matchAll(/<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"/gu);
  return new Map([...found].map(([, name = '', content = '']) => [name, content]));
}

function shared(room: string, origin?: string): Map<string, string> {
  return cardOf(renderLogin({ assets, name: '', room, problems: {}, origin }));
}

describe('the name card of a shared link', () => {
  test('names the room as the link does, and shows a picture from where this server is known to be', () => {
    expect(Object.fromEntries(shared('Tea & Cake', 'https://chat.example.org'))).toEqual({
      'og:type': 'website',
      'og:site_name': 'Snug',
      'og:title': 'Come into “Tea &amp; Cake”',
      'og:description': 'Give a name and talk: no account, nothing to install.',
      'og:image': 'https://chat.example.org/card.png',
      'og:image:type': 'image/png',
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': 'Snug: rooms to talk in',
      'twitter:card': 'summary_large_image',
    });
  });

  test('has no picture where this server does not know its own address', () => {
    expect([...shared('tea').keys()].filter((name) => /image|twitter/u.test(name))).toEqual([]);
  });

  test.each(['', 'a/b', '..', 'r'.repeat(65), 'https://evil.example', 'tea\u202e', 'a\u200bb'])(
    'says nothing that no room can be called: %j',
    (room) => {
      expect(shared(room).get('og:title')).toBe('Come in and talk');
    },
  );

  test('lets no room out of its quotes, whatever it is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', "'", '<', '>', '&', '=', ' ', 'a', '”', '\n') }), (room) => {
        const html = renderLogin({ assets, name: '', room, problems: {} });
        const [, title = ''] = /<meta property="og:title" content="([^"]*)"/u.exec(html) ?? [];
        expect(title).toMatch(/^Come in/u);
        expect(title).not.toContain('<');
        expect(html.match(/<meta /gu)?.length).toBe(
          renderLogin({ assets, name: '', room: 'tea', problems: {} }).match(/<meta /gu)?.length,
        );
      }),
    );
  });
});

describe('whoever fetches a link to a room without a session', () => {
  test.each([
    ['localhost:5000', 'http://localhost:5000'],
    ['chat.example.org', 'https://chat.example.org'],
  ])('is led to the card, its picture under the name it asked for: %s', async (host, origin) => {
    const site = await openSite({ origins: ['https://chat.example.org'] });
    const crawler = site.browser();
    const led = await crawler.get('/chat/tea%20%26%20cake', { host });
    expect([led.statusCode, led.headers.location]).toEqual([303, '/?room=tea%20%26%20cake']);
    const page = await crawler.get(String(led.headers.location), { host });
    const card = cardOf(page.body);
    expect(card.get('og:title')).toBe('Come into “tea &amp; cake”');
    expect(card.get('og:image')).toBe(`${origin}/card.png`);
  });

  test('learns nothing from the store: a room that is there and one that is not have the same card', async () => {
    const site = await openSite();
    await site.browser().post('/', { name: 'Ada', room: 'TEA' });
    const crawler = site.browser();
    const [there, nowhere] = await Promise.all(['tea', 'toe'].map((room) => crawler.get(`/?room=${room}`)));
    expect(there?.body).toBe(nowhere?.body.replaceAll('toe', 'tea'));
  });
});

test('a room’s own page and an error have no card', async () => {
  const ada = (await openSite()).browser();
  await ada.post('/', { name: 'Ada', room: 'tea' });
  for (const url of ['/chat/tea', '/nowhere']) expect(cardOf((await ada.get(url)).body).size).toBe(0);
});
