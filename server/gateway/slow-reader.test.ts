import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { cutWhenSlow, MAX_WAITING_BYTES, MAX_WAITING_PACKETS } from './slow-reader.ts';

function watched() {
  const outgoing = new EventEmitter();
  let cuts = 0;
  cutWhenSlow(outgoing, () => {
    cuts += 1;
  });
  const write = (data?: unknown) => outgoing.emit('packetCreate', { data });
  return { write, flush: () => outgoing.emit('flush'), cuts: () => cuts };
}

const quarter = 'x'.repeat(MAX_WAITING_BYTES / 4);

test('a connection is cut once, when more than it may have waits', () => {
  const { write, cuts } = watched();
  for (let i = 0; i < 4; i += 1) write(quarter);
  expect(cuts()).toBe(0);
  for (let i = 0; i < 4; i += 1) write('x');
  expect(cuts()).toBe(1);
});

test('what has been taken waits no more', () => {
  const { write, flush, cuts } = watched();
  for (let i = 0; i < 40; i += 1) {
    write(quarter);
    flush();
  }
  expect(cuts()).toBe(0);
});

test('many small packets are too much as well', () => {
  const { write, cuts } = watched();
  for (let i = 0; i < MAX_WAITING_PACKETS; i += 1) write();
  expect(cuts()).toBe(0);
  write();
  expect(cuts()).toBe(1);
});
