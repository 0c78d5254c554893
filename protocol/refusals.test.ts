import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REFUSALS, refused, whatThen } from './refusals.ts';

test('R3: PROTOCOL.md lists every code with what to do then', () => {
  const text = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8');
  for (const [code, { then }] of Object.entries(REFUSALS)) {
    const words = { again: 'again', change: 'change', giveUp: 'give up' }[then];
    expect(text, code).toMatch(new RegExp(`\\| \`${code}\` \\| ${words} \\|`));
  }
});

test('R3: an unknown code is given up, also one that is a name of Object’s own', () => {
  expect(whatThen('busy')).toBe('again');
  expect(whatThen('fromTheFuture')).toBe('giveUp');
  expect(whatThen('constructor')).toBe('giveUp');
});

test('R3: a refusal has a message for people, and retryAfter only when there is one', () => {
  expect(refused('busy', 50)).toEqual({ ok: false, code: 'busy', message: REFUSALS.busy.message, retryAfter: 50 });
  expect(Object.keys(refused('gone'))).not.toContain('retryAfter');
});
