import { describe, expect, test } from 'vitest';
import type { ColouredPart } from '../markup/coloured-part.ts';
import { Painter, type Thread } from './code-painter.ts';

/** A thread that answers when it is told to, and a clock that is moved by hand. */
function setUp() {
  const threads: (Thread & { asked: (readonly [string, string])[]; isEnded: boolean })[] = [];
  let late: (() => void) | undefined;
  const painter = new Painter({
    startThread: () => {
      const thread: (typeof threads)[number] = {
        onmessage: null,
        onerror: null,
        asked: [],
        isEnded: false,
        postMessage: (message) => void thread.asked.push(message),
        terminate: () => {
          thread.isEnded = true;
        },
      };
      threads.push(thread);
      return thread;
    },
    after: (_, act) => {
      late = act;
      return () => {
        late = undefined;
      };
    },
  });
  const found: string[] = [];
  const find = (text: string) =>
    painter.find(text, 'TS', (parts: readonly ColouredPart[]) => void found.push(`${text}: ${parts.join(' ')}`));
  const answer = (data: unknown): void => threads.at(-1)?.onmessage?.(new MessageEvent('message', { data }));
  return { threads, found, find, answer, wait: () => late?.() };
}

describe('colours', () => {
  test('are found for one piece of code after the other, in one thread', () => {
    const { threads, found, find, answer } = setUp();
    find('a');
    find('b');
    expect(threads.map(({ asked }) => asked)).toEqual([[['ts', 'a']]]);
    answer([['keyword', 0, 1]]);
    expect(threads.map(({ asked }) => asked.length)).toEqual([2]);
    answer([]);
    expect(found).toEqual(['a: keyword,0,1', 'b: ']);
  });

  test('of code that is gone are not waited for', () => {
    const { threads, found, find, answer } = setUp();
    const first = find('a');
    const second = find('b');
    find('c');
    first();
    second();
    answer([['keyword', 0, 1]]);
    answer([]);
    expect(threads[0]?.asked.map(([, text]) => text)).toEqual(['a', 'c']);
    expect(found).toEqual(['c: ']);
  });

  test('that take too long are given up with their thread, and the next code has another one', () => {
    const { threads, found, find, answer, wait } = setUp();
    find('bomb');
    find('b');
    wait();
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    answer([['name', 0, 1]]);
    expect(found).toEqual(['bomb: ', 'b: name,0,1']);
  });

  test('are no longer looked for when that has failed three times', () => {
    const { threads, found, find, wait } = setUp();
    for (const text of ['a', 'b', 'c', 'd']) find(text);
    wait();
    threads.at(-1)?.onerror?.(new ErrorEvent('error'));
    wait();
    wait();
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true, true, true]);
    expect(found).toEqual(['a: ', 'b: ', 'c: ']);
  });

  test('are nothing else than colours', () => {
    const { found, find, answer } = setUp();
    find('a');
    answer([['keyword', 0, 1], ['url(x)', 0, 1], ['name', 'a', 'b'], 'name', null]);
    find('b');
    answer('nonsense');
    expect(found).toEqual(['a: keyword,0,1', 'b: ']);
  });
});
