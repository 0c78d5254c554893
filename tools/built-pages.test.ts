// What the build made of web/. `npm test` builds first.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
const assets = readdirSync(`${WEB}assets`);
const read = (name: string): string => readFileSync(WEB + name, 'utf8');

test('every asset has a name that changes with what is in it', () => {
  expect(assets.filter((name) => !/-[\w-]{8}\.(js|css|woff2|wav)(\.map|\.br|\.gz)?$/u.test(name))).toEqual([]);
});

test('every script and style was compressed, in both ways', () => {
  const texts = assets.filter((name) => /\.(js|css)$/u.test(name));
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.filter((name) => !(assets.includes(`${name}.br`) && assets.includes(`${name}.gz`)))).toEqual([]);
});

test('there is one style for all pages, and its layers come in their order', () => {
  const styles = assets.filter((name) => name.endsWith('.css'));
  expect(styles).toHaveLength(1);
  const layers = [...read(`assets/${styles[0]}`).matchAll(/@layer ([a-z, ]+)/gu)].flatMap(([, names = '']) =>
    names.split(/, ?/u),
  );
  expect([...new Set(layers)]).toEqual(['tokens', 'base', 'controls', 'views']);
});

test('nothing is drawn from within a style or a script, which the policy would have to allow', () => {
  const texts = assets.filter((name) => name.endsWith('.css')).map((name) => read(`assets/${name}`));
  expect(texts.filter((text) => /url\((?!["']?\/assets\/)/u.test(text))).toEqual([]);
});

test('the fonts come with their licence', () => {
  const licence = read('fonts-license.txt');
  for (const family of ['Atkinson Hyperlegible Next', 'Atkinson Hyperlegible Mono'])
    expect(licence).toContain(`The ${family} Project Authors`);
  expect(licence.match(/SIL OPEN FONT LICENSE Version 1\.1/gu)).toHaveLength(2);
});

test('the name card is a picture of 1200 by 630, of at most 30 kB; the home screen has one of 180 by 180', () => {
  const sizeOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];
  const card = readFileSync(`${WEB}card.png`);
  expect(sizeOf(card)).toEqual([1200, 630]);
  expect(card.length).toBeLessThanOrEqual(30_000);
  expect(sizeOf(readFileSync(`${WEB}apple-touch-icon.png`))).toEqual([180, 180]);
});

test('the web manifest gives the name and pictures that are there', () => {
  const { name, icons }: { name: string; icons: { src: string }[] } = JSON.parse(read('manifest.webmanifest'));
  expect(name).toBe('Snug');
  expect(icons.map(({ src }) => src).filter((src) => !existsSync(WEB + src))).toEqual([]);
});
