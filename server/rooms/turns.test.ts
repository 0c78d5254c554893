import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

function promised<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('R5: a later request waits for what an earlier one has to look up', async () => {
  const turns = new Turns();
  const handed: string[] = [];
  const lookup = promised<void>();
  const first = turns.take(
    () => lookup.promise,
    () => void handed.push('first'),
  );
  const second = turns.take(
    () => undefined,
    () => void handed.push('second'),
  );
  lookup.resolve();
  await Promise.all([first, second]);
  expect(handed).toEqual(['first', 'second']);
});

test('R5: nobody waits for another’s answer, only for its being handed over', async () => {
  const turns = new Turns();
  const answer = promised<string>();
  const first = turns.take(
    () => undefined,
    () => answer.promise,
  );
  expect(
    await turns.take(
      () => undefined,
      () => 'second',
    ),
  ).toBe('second');
  answer.resolve('first');
  expect(await first).toBe('first');
});

test('R5: what fails fails alone', async () => {
  const turns = new Turns();
  const inLookup = turns.take(
    () => Promise.reject(new Error('lookup')),
    () => 'never',
  );
  const inHand = turns.take(
    () => undefined,
    () => Promise.reject(new Error('hand')),
  );
  const after = turns.take(
    () => undefined,
    () => 'after',
  );
  await expect(inLookup).rejects.toThrow('lookup');
  await expect(inHand).rejects.toThrow('hand');
  expect(await after).toBe('after');
});
