import { describe, expect, it } from 'vitest';
import type { Address, ClientId, MemberId } from '../../protocol/ids.ts';
import { Handover, type Said } from './handover.ts';
import { MemoryTexts } from './memory-texts.ts';
import type { Owner } from './outbox-item.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const said = (at: number): Said => ({ clientId: `id-${at}` as ClientId, since: at, text: `text ${at}` });

describe('S1: on the way to the outbox', () => {
  it('is found by the next page, oldest first, until it is taken', () => {
    const texts = new MemoryTexts();
    const handover = new Handover(texts, ada);
    for (const at of [2, 1, 3]) expect(handover.give(said(at))).toBe(true);
    expect(new Handover(texts, ada).left()).toEqual([said(1), said(2), said(3)]);
    handover.taken(said(2).clientId);
    expect(new Handover(texts, ada).left()).toEqual([said(1), said(3)]);
  });

  it('L13, L14: keeps what it answers and whom it means, and of that what is right', () => {
    const texts = new MemoryTexts();
    const handover = new Handover(texts, ada);
    const answer: Said = { ...said(1), along: { replyTo: 7, mentions: ['m-lin' as MemberId] } };
    handover.give(answer);
    expect(handover.left()).toEqual([answer]);
    const [key = ''] = texts.keys();
    texts.setItem(key, '{"since":1,"text":"text 1","along":{"replyTo":{},"mentions":["m-lin",7]}}');
    expect(handover.left()).toEqual([{ ...answer, along: { mentions: ['m-lin'] } }]);
    texts.setItem(key, '{"since":1,"text":"text 1","along":7}');
    expect(handover.left()).toEqual([{ ...answer, along: {} }]);
  });

  it('is of one member in one room', () => {
    const texts = new MemoryTexts();
    new Handover(texts, ada).give(said(1));
    expect(new Handover(texts, { ...ada, member: 'm-lin' as MemberId }).left()).toEqual([]);
    expect(new Handover(texts, { ...ada, room: 'tea 2' as Address }).left()).toEqual([]);
  });

  it('passes over what no page of this version wrote', () => {
    const texts = new MemoryTexts();
    const handover = new Handover(texts, ada);
    handover.give(said(1));
    const [key = ''] = texts.keys();
    for (const [i, kept] of ['', 'null', '{', '7', '{"since":1}', '{"since":"1","text":"a"}'].entries())
      texts.setItem(`${key}${i}`, kept);
    expect(handover.left()).toEqual([said(1)]);
  });

  it('is not kept where nothing can be', () => {
    const forbidden = (): never => {
      throw new Error('SecurityError');
    };
    const handover = new Handover(
      { getItem: forbidden, setItem: forbidden, removeItem: forbidden, keys: forbidden },
      ada,
    );
    expect(handover.give(said(1))).toBe(false);
    handover.taken(said(1).clientId);
    expect(handover.left()).toEqual([]);
  });
});
