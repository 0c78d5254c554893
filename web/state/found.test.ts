import { expect, test } from 'vitest';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import {
  type Answer,
  answered,
  asking,
  type Found,
  type FoundHit,
  type Next,
  NOTHING_ASKED,
  resultText,
} from './found.ts';

const tea = 'tea' as Address;
const question = { kind: 'search', text: 'tea', room: undefined } as const;
const linus = { id: 'm-linus' as MemberId, name: 'Linus' };
const hit = (seq: number): FoundHit => {
  const stamp = { room: tea, seq, id: `e${seq}` as EntryId, at: 1_000 + seq, by: linus };
  return {
    room: tea,
    title: 'Tea',
    entry: { ...stamp, kind: 'message', clientId: `c${seq}` as ClientId, text: 'tea' },
  };
};
const page = (...seqs: readonly number[]) => ({ ok: true, hits: seqs.map(hit), next: undefined }) as const;
const trouble = { text: 'The server is away.', isPassing: true, waitMs: undefined };
const after = (found: Found, answer: Answer, before: Next | undefined) =>
  answered(asking(found, question), answer, before);
const seqs = ({ hits }: Found) => hits.map(({ entry }) => entry.seq);

test('a page is added behind what was found; another question begins anew', () => {
  const first = after(NOTHING_ASKED, { ...page(9, 8), next: [tea, 8] }, undefined);
  expect(seqs(first)).toEqual([9, 8]);
  const second = after(first, page(7), [tea, 8]);
  expect([seqs(second), second.next]).toEqual([[9, 8, 7], undefined]);
  expect(seqs(after(second, page(3), undefined))).toEqual([3]);
});

test('what was found stays while the next page fails, and not where a question did', () => {
  const first = after(NOTHING_ASKED, { ...page(9), next: [tea, 9] }, undefined);
  const failed = after(first, { ok: false, trouble }, [tea, 9]);
  expect([seqs(failed), failed.next, failed.trouble]).toEqual([[9], [tea, 9], trouble]);
  expect(seqs(after(first, { ok: false, trouble }, undefined))).toEqual([]);
});

test('what was found is told in words', () => {
  expect(resultText(NOTHING_ASKED)).toBe('');
  expect(resultText(asking(NOTHING_ASKED, question))).toBe('');
  const told = (...given: readonly number[]) => resultText(after(NOTHING_ASKED, page(...given), undefined));
  expect([told(), told(1), told(2, 1)]).toEqual(['Nothing was found.', '1 result.', '2 results.']);
  expect(resultText(after(NOTHING_ASKED, { ...page(2, 1), next: [tea, 1] }, undefined))).toBe(
    'The newest 2 results. There are more.',
  );
  expect(resultText(after(NOTHING_ASKED, { ok: false, trouble }, undefined))).toBe('The server is away.');
  const mentions = answered(asking(NOTHING_ASKED, { kind: 'mentions' }), page(), undefined);
  expect(resultText(mentions)).toBe('Nobody has mentioned you so far.');
});
