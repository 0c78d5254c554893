import { expect, test } from 'vitest';
import { MAX_WAITING_BYTES, MAX_WAITING_PACKETS, Waiting } from './waiting.ts';

const QUARTER = MAX_WAITING_BYTES / 4;

function full(): Waiting {
  const waiting = new Waiting();
  for (let i = 0; i < 4; i += 1) waiting.add(QUARTER);
  return waiting;
}

test('E4: one byte more than 1 MiB is too much', () => {
  const waiting = full();
  expect(waiting.isTooMuch).toBe(false);
  waiting.add(1);
  expect(waiting.isTooMuch).toBe(true);
});

test('E4: one packet more than 4,096 is too much, however small', () => {
  const waiting = new Waiting();
  for (let i = 0; i < MAX_WAITING_PACKETS; i += 1) waiting.add(0);
  expect(waiting.isTooMuch).toBe(false);
  waiting.add(0);
  expect(waiting.isTooMuch).toBe(true);
});

test('E4: what a transport took waits until it has been sent', () => {
  const waiting = full();
  waiting.taken();
  waiting.add(1);
  expect(waiting.isTooMuch).toBe(true);
  waiting.sent();
  expect(waiting.isTooMuch).toBe(false);
  for (let i = 0; i < 3; i += 1) waiting.add(QUARTER);
  expect(waiting.isTooMuch).toBe(false);
  waiting.add(QUARTER);
  expect(waiting.isTooMuch).toBe(true);
});

test('E4: so does each answer of a poll, by itself', () => {
  const waiting = new Waiting();
  const sent = Array.from({ length: 5 }, () => {
    waiting.add(QUARTER);
    return waiting.takenApart();
  });
  waiting.sent();
  expect(waiting.isTooMuch).toBe(true);
  sent[2]?.();
  expect(waiting.isTooMuch).toBe(false);
  sent[2]?.();
  waiting.add(1);
  expect(waiting.isTooMuch).toBe(true);
});
