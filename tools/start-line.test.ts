import { expect, test } from 'vitest';
import { startLine } from './start-line.mjs';

const QUICK = { said: '> snug start\nSnug is ready: http://localhost:7000\n', readyMs: 861, code: 0 };

test('a start says how long it took, loudly above 3 s', () => {
  expect(startLine(QUICK)).toBe('ready 0.9 s after npm start with nothing changed');
  expect(startLine({ ...QUICK, readyMs: 3_000 })).toBe('ready 3.0 s after npm start with nothing changed');
  expect(startLine({ ...QUICK, readyMs: 3_001 })).toMatch(/^!!! ready 3\.1 s .*more than 3 s !!!$/u);
});

test('a start that had to build says so instead', () => {
  const said = `Building the pages …\n${QUICK.said}`;
  expect(startLine({ ...QUICK, said, readyMs: 9_000 })).toBe(
    'ready 9.0 s after npm start, which had something to build',
  );
});

test('a start that failed, or did not end as it should, says so', () => {
  expect(startLine({ said: 'Oh.\n', readyMs: undefined, code: 1 })).toBe(
    'npm start ended with 1 before it was ready:\nOh.\n',
  );
  expect(startLine({ ...QUICK, code: 143 })).toBe('npm start was ready, and told to stop it ended with 143');
});
