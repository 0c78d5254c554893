import { expect, test } from 'vitest';
import { SeldomLog, TOLD_EVERY_MS } from './seldom-log.ts';

function seldom() {
  const lines: [string, object][] = [];
  const clock = { at: 0, now: () => clock.at };
  const to = (level: string) => (fields: object, message: string) => void lines.push([`${level}: ${message}`, fields]);
  return { lines, clock, log: new SeldomLog({ error: to('error'), warn: to('warn'), debug: to('debug') }, clock) };
}

test('what happens a thousand times is told at once, and then once a minute with how often it was', () => {
  const { lines, clock, log } = seldom();
  for (let n = 0; n < 1_000; n += 1) log.warn({ nth: n }, 'It rains.');
  expect(lines).toEqual([['warn: It rains.', { nth: 0, times: 1 }]]);
  clock.at += TOLD_EVERY_MS;
  log.warn({ nth: 1_000 }, 'It rains.');
  expect(lines.slice(1)).toEqual([['warn: It rains.', { nth: 1_000, times: 1_000 }]]);
});

test('no kind hides another', () => {
  const { lines, log } = seldom();
  for (let n = 0; n < 2; n += 1) {
    log.error({}, 'It burns.');
    log.debug({}, 'It rains.');
    for (const kind of ['packets', 'rooms']) log.warn({ kind }, 'A limit was reached.', kind);
  }
  expect(lines).toEqual([
    ['error: It burns.', { times: 1 }],
    ['debug: It rains.', { times: 1 }],
    ['warn: A limit was reached.', { kind: 'packets', times: 1 }],
    ['warn: A limit was reached.', { kind: 'rooms', times: 1 }],
  ]);
});

test('a clock that was set back silences nothing for longer', () => {
  const { lines, clock, log } = seldom();
  log.warn({}, 'It rains.');
  clock.at -= 3_600_000;
  log.warn({}, 'It rains.');
  expect(lines).toHaveLength(2);
});
