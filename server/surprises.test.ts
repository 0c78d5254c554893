import { expect, test } from 'vitest';
import { VirtualClock } from '../simulation/virtual-clock.ts';
import { SeldomLog } from './seldom-log.ts';
import { tellingSurprises, withoutTexts } from './surprises.ts';

test('an error is logged with its places, without its words', () => {
  const error = new TypeError('somebody’s words\n    at the end of a line');
  const { at, error: name } = withoutTexts(error);
  expect(name).toBe('TypeError');
  expect(at.length).toBeGreaterThan(0);
  expect(JSON.stringify(at)).not.toMatch(/words|the end/);
});

test('what fails in one place is told of once, and what fails in another as well', () => {
  const lines: object[] = [];
  const write = (fields: object) => void lines.push(fields);
  const failed = tellingSurprises(new SeldomLog({ error: write, warn: write, debug: write }, new VirtualClock()));
  for (let i = 0; i < 3; i += 1) failed(new Error('here'));
  failed(new Error('there'));
  failed('not even an error');
  expect(lines).toMatchObject([{ error: 'Error' }, { error: 'Error' }, { error: 'string' }]);
});

test('a log that throws stops nobody who tells it something', () => {
  const failed = tellingSurprises({
    error: () => {
      throw new Error('no log');
    },
  });
  expect(() => failed(new Error('x'))).not.toThrow();
});
