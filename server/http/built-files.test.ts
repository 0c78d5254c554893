import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { StartProblem } from '../start-problem.ts';
import { readBuiltFiles } from './built-files.ts';
import { builtFolder, openSite } from './site.contract.ts';

const SCRIPT = '/assets/login-1.js';
const SOURCE = 'export {};';

test('each page has its script, what that imports, the style of all pages and the font, each once', () => {
  expect(readBuiltFiles(builtFolder()).chat).toEqual({
    script: '/assets/chat-1.js',
    styles: ['/assets/style-1.css'],
    preloads: ['/assets/both-1.js', '/assets/talk-1.js'],
    font: '/assets/font-1.woff2',
  });
});

test('pages that were never built are said to be so, and how to build them', () => {
  const folder = builtFolder();
  rmSync(join(folder, '.vite'), { recursive: true });
  expect(() => readBuiltFiles(folder)).toThrow(StartProblem);
  expect(() => readBuiltFiles(folder)).toThrow(/^The pages are not built\. .*npm start/u);
});

test('a build that lacks something is said to, by its name', () => {
  const folder = builtFolder();
  writeFileSync(join(folder, '.vite/manifest.json'), '{"login.tsx":{"file":"assets/login-1.js"}}');
  expect(() => readBuiltFiles(folder)).toThrow(/^The pages are not built as they should be: style\.css is missing\./u);
});

test('the files are named in the pages, each once', async () => {
  const { body } = await (await openSite()).browser().get('/');
  expect(body.match(/(?:src|href)="\/assets\/[^"]+"/gu)).toEqual([
    'href="/assets/font-1.woff2"',
    'href="/assets/style-1.css"',
    'href="/assets/both-1.js"',
    'src="/assets/login-1.js"',
  ]);
  expect(body).toMatch(/<link rel="preload" href="[^"]+" as="font" type="font\/woff2" crossorigin="anonymous"/u);
});

describe('a built file', () => {
  test('is kept for ever where its name holds a hash, and for an hour elsewhere', async () => {
    const ada = (await openSite()).browser();
    expect((await ada.get(SCRIPT)).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/javascript; charset=utf-8',
    });
    expect((await ada.get('/favicon.svg')).headers).toMatchObject({
      'cache-control': 'public, max-age=3600',
      'content-type': 'image/svg+xml',
    });
  });

  test('is kept for an hour also where all of Snug lies in a folder called assets', async () => {
    const files = readBuiltFiles(builtFolder('/assets/'));
    const icon = await (await openSite({ files })).browser().get('/favicon.svg');
    expect(icon.headers['cache-control']).toBe('public, max-age=3600');
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip;q=1, br;q=0', 'gzip', gunzipSync],
  ])('goes out as it was compressed at the build to whoever accepts %s', async (accepted, encoding, open) => {
    const answer = await (await openSite()).browser().get(SCRIPT, { 'accept-encoding': accepted });
    expect(answer.headers).toMatchObject({
      'content-encoding': encoding,
      'content-length': String(answer.rawPayload.length),
      'content-type': 'application/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
    expect(open(answer.rawPayload).toString()).toBe(SOURCE);
  });

  test.each([undefined, 'identity', 'zstd', 'br;q=0, gzip;q=0'])(
    'goes out plain to whoever accepts %s',
    async (accepted) => {
      const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
      const answer = await (await openSite()).browser().get(SCRIPT, headers);
      expect(answer.headers['content-encoding']).toBeUndefined();
      // Else a cache between us would give this one to those who accept another.
      expect(answer.headers['vary']).toBe('accept-encoding');
      expect(answer.body).toBe(SOURCE);
    },
  );

  test('goes out plain where the build did not compress it', async () => {
    const answer = await (await openSite()).browser().get('/favicon.svg', { 'accept-encoding': 'br, gzip' });
    expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, undefined]);
  });

  test.each(['br', 'gzip', 'identity'])('is not sent again to whoever has it, as %s', async (encoding) => {
    const ada = (await openSite()).browser();
    const accepts = { 'accept-encoding': encoding };
    const etag = String((await ada.get(SCRIPT, accepts)).headers.etag);
    const again = await ada.get(SCRIPT, { ...accepts, 'if-none-match': etag });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    expect(again.headers['vary']).toBe('accept-encoding');
    for (const other of ['"other"', etag.replace(/.{3}"$/u, 'xyz"')])
      expect((await ada.get(SCRIPT, { ...accepts, 'if-none-match': other })).statusCode).toBe(200);
  });

  test('has another ETag for each form it is sent in', async () => {
    const ada = (await openSite()).browser();
    const answers = await Promise.all(
      ['br', 'gzip', 'identity'].map((encoding) => ada.get(SCRIPT, { 'accept-encoding': encoding })),
    );
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
  });

  test('is told of without being sent', async () => {
    const ada = (await openSite()).browser();
    const whole = await ada.get(SCRIPT, { 'accept-encoding': 'br' });
    const head = await ada.ask('HEAD', SCRIPT, { 'accept-encoding': 'br' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    for (const name of ['content-length', 'content-encoding', 'content-type', 'etag', 'vary', 'cache-control'])
      expect([name, head.headers[name]]).toEqual([name, whole.headers[name]]);
  });

  test('is sent in part to whoever asks for a part', async () => {
    const ada = (await openSite()).browser();
    const part = await ada.get(SCRIPT, { range: 'bytes=7-8' });
    expect([part.statusCode, part.body]).toEqual([206, '{}']);
    expect(part.headers['content-range']).toBe(`bytes 7-8/${SOURCE.length}`);
    expect((await ada.get(SCRIPT, { range: 'bytes=99-' })).statusCode).toBe(416);
  });
});

test.each([
  '/assets/login-1.js.br',
  '/assets/login-1.js.gz',
  '/assets/gone.js',
  '/assets',
  '/assets/',
  '/.vite/manifest.json',
  '/assets/..%2f.vite%2fmanifest.json',
  '/assets//login-1.js',
])('there is no file at %s', async (url) => {
  const answer = await (await openSite()).browser().get(url, { 'accept-encoding': 'br, gzip' });
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.body).toContain('<h1>There is no page here</h1>');
});

test('a page is never compressed nor remembered: it holds what somebody typed beside what others must not learn', async () => {
  const ada = (await openSite()).browser();
  await ada.post('/', { name: 'Ada', room: 'tea' });
  for (const url of ['/', '/?room=tea', '/chat/tea', '/nowhere']) {
    const { headers } = await ada.get(url, { 'accept-encoding': 'br, gzip' });
    expect([url, headers['content-encoding'], headers.etag, headers['cache-control']]).toEqual([
      url,
      undefined,
      undefined,
      'no-store',
    ]);
  }
});
