import { expect, test } from 'vitest';
import type { MessageEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import { decodeHint, encodeHint, type Hint } from './hint.ts';

const MOST_BYTES = 16 * 1024;

function said(text: string): MessageEntry {
  const by = { id: 'ada' as MemberId, name: 'Ada' };
  const stamp = { room: 'tea' as Address, seq: 2, id: 'two' as EntryId, at: 1_000, by };
  return { ...stamp, kind: 'message', clientId: 'c' as ClientId, text };
}

const head: Hint = { from: 2, after: 'one' as EntryId, to: { seq: 2, id: 'two' as EntryId } };

/** One whose hint takes so many bytes, of characters that take as many each. */
function hintOf(bytes: number, character: string): Hint {
  const empty = encodeHint({ ...head, entries: [said('')] }).byteLength;
  const wide = new TextEncoder().encode(character).byteLength;
  const count = Math.floor((bytes - empty) / wide);
  return { ...head, entries: [said(character.repeat(count) + 'x'.repeat(bytes - empty - count * wide))] };
}

test.each(['x', '語'])(
  'a hint of %s carries its entries when all of it fits 16 kB, and else says where they are',
  (one) => {
    const whole = hintOf(MOST_BYTES, one);
    expect(encodeHint(whole)).toHaveLength(MOST_BYTES);
    expect(decodeHint(encodeHint(whole))).toEqual(whole);
    expect(decodeHint(encodeHint(hintOf(MOST_BYTES + 1, one)))).toEqual(head);
  },
);
