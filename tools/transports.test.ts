import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutWebTransport } from './transports.mjs';

const packageFile = createRequire(import.meta.url).resolve('engine.io-client/package.json');
const LIST = readFileSync(join(dirname(packageFile), 'build/esm/transports/index.js'), 'utf8');

test('D9: of the transports that Engine.IO lists the pages bring polling and WebSocket', () => {
  const names = (list: string) => [...list.matchAll(/^ {4}(\w+): \w+,$/gmu)].map(([, name]) => name);
  expect(names(LIST)).toEqual(['websocket', 'webtransport', 'polling']);
  expect(names(withoutWebTransport(LIST))).toEqual(['websocket', 'polling']);
});

test('a list that is written in another way fails the build, and is never brought as it is', () => {
  expect(() => withoutWebTransport(LIST.replaceAll('WT', 'Third'))).toThrow('mend tools/transports.mjs');
  expect(() => withoutWebTransport('export const transports = {};')).toThrow('mend tools/transports.mjs');
});
