import { expect, test } from 'vitest';
import { qrCode, squares } from './qr-code.ts';

test('each run of dark modules is one rectangle', () => {
  expect(squares([[true, true, false, true], [], [false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h1v1h-1z');
});

test('point 2: a code has its quiet zone of four modules', () => {
  const { path, size } = qrCode('http://localhost:5000/chat/tea');
  const places = [...path.matchAll(/M(\d+) (\d+)h(\d+)/gu)].map(([, x, y, length]) => [
    Number(x),
    Number(y),
    Number(x) + Number(length),
  ]);
  expect(Math.min(...places.flatMap(([x = 0, y = 0]) => [x, y]))).toBe(4);
  expect(Math.max(...places.flatMap(([, y = 0, end = 0]) => [y + 1, end]))).toBe(size - 4);
});
