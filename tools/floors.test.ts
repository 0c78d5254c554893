import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { belowFloors, FLOORS, type Places } from './floors.ts';

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const lock: { packages: Places } = read('package-lock.json');
const { overrides }: { overrides: Record<string, string> } = read('package.json');

const FLOOR = [{ name: 'ws', version: '8.23.0', why: 'it falls over' }];
const at = (version: string, place = 'node_modules/ws') => ({ [place]: { version } });

test('nothing that is installed is below its floor', () => {
  expect(belowFloors(lock.packages)).toEqual([]);
});

test('what is installed is what the lock file says, also for whoever asks for an older one', () => {
  const root = createRequire(import.meta.url);
  for (const user of ['engine.io', 'socket.io-adapter', 'engine.io-client']) {
    const { version } = createRequire(root.resolve(user))('ws/package.json');
    expect([user, version]).toEqual([user, overrides['ws']]);
  }
});

test.each(['8.22.9', '8.22.99', '7.99.99', '8.3.0', '8.23.0-rc.1', '0.0.1', 'nonsense'])('%s is named', (version) => {
  expect(belowFloors(at(version), FLOOR)).toEqual([
    `node_modules/ws is ${version}, below its floor 8.23.0: in older ones it falls over.`,
  ]);
});

test.each(['8.23.0', '8.23.1', '8.100.0', '9.0.0', '10.0.0-rc.1', '8.23.0+build'])('%s is good', (version) => {
  expect(belowFloors(at(version), FLOOR)).toEqual([]);
});

test('a deeper place is found as well, and another package of a longer name is not', () => {
  const deep = { ...at('9.0.0'), ...at('8.21.0', 'node_modules/engine.io/node_modules/ws') };
  expect(belowFloors(deep, FLOOR)).toHaveLength(1);
  expect(belowFloors({ ...at('9.0.0'), ...at('1.0.0', 'node_modules/@types/ws') }, FLOOR)).toEqual([]);
  expect(belowFloors({ ...at('9.0.0'), ...at('1.0.0', 'node_modules/not-ws') }, FLOOR)).toEqual([]);
});

test('only the old client that the tests want may be old', () => {
  const places = { ...at('9.0.0'), ...at('7.0.0', 'node_modules/socket.io-client-3/node_modules/ws') };
  expect(belowFloors(places, FLOOR)).toEqual([]);
});

test('a floor under nothing is named', () => {
  expect(belowFloors({}, FLOOR)).toEqual(['ws is not used any more: take its line out of tools/floors.ts.']);
});

test('every floor says why', () => {
  expect(FLOORS.filter(({ why }) => why.length < 20)).toEqual([]);
});
