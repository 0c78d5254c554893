import { describe, expect, test } from 'vitest';
import type { Address } from '../protocol/ids.ts';
import type { Ask } from './connection/ask.ts';
import type { PlainWant } from './connection/outbox-item.ts';
import { obey } from './obey.ts';

const room = 'tea' as Address;

function setUp(answer?: unknown) {
  const asked: unknown[] = [];
  const added: PlainWant[] = [];
  const ask = ((name: string, request: unknown) => {
    asked.push([name, request]);
    return answer === undefined ? Promise.reject(new Error('no connection')) : Promise.resolve(answer);
  }) as Ask;
  const outbox = { add: async (want: PlainWant) => void added.push(want) };
  return { asked, added, parts: { room, ask, outbox } };
}

describe('/nick', () => {
  test('asks for the name as it will be shown', async () => {
    const { asked, parts } = setUp({ ok: true, seq: 7 });
    expect(await obey({ kind: 'nick', name: ' Ada  L ' }, parts)).toBeUndefined();
    expect(asked).toEqual([['rename', { room, name: 'Ada L' }]]);
  });

  test('says at once what no name is', async () => {
    const { asked, parts } = setUp({ ok: true, seq: 7 });
    expect(await obey({ kind: 'nick', name: 'a'.repeat(40) }, parts)).toMatch(/still here/u);
    expect(asked).toEqual([]);
  });

  test('says why it was refused, and when nobody answers', async () => {
    const refused = setUp({ ok: false, code: 'nameTaken', message: 'That name is taken.' });
    expect(await obey({ kind: 'nick', name: 'Ada' }, refused.parts)).toBe(
      'That name is taken. What you wrote is still here.',
    );
    expect(await obey({ kind: 'nick', name: 'Ada' }, setUp().parts)).toMatch(/^There is no connection.*still here/u);
  });
});

describe('/topic', () => {
  test('goes to the outbox, which keeps it until it can go', async () => {
    const { added, parts } = setUp();
    expect(await obey({ kind: 'topic', topic: 'green\ntea' }, parts)).toBeUndefined();
    expect(added).toEqual([{ kind: 'topic', topic: 'green tea' }]);
  });

  test('is refused here where no server would take it', async () => {
    const { added, parts } = setUp();
    expect(await obey({ kind: 'topic', topic: 'a'.repeat(300) }, parts)).toMatch(/still here/u);
    expect(await obey({ kind: 'topic', topic: 'tea' }, { ...parts, outbox: undefined })).toMatch(/no connection/u);
    expect(added).toEqual([]);
  });
});
