import { describe, expect, it } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import type { HandoverStorage } from './handover.ts';
import { MemoryTexts } from './memory-texts.ts';
import type { Owner } from './outbox-item.ts';
import { Whereabouts } from './whereabouts.ts';

const tea: Owner = { room: 'tea "time"' as Address, member: 'm-ada' as MemberId, name: 'Ada' };
const cake: Owner = { room: 'cake' as Address, member: 'm-lin' as MemberId, name: 'Lin' };

describe('where one is', () => {
  it('is where one came in and has not left, under the last name', () => {
    const texts = new MemoryTexts();
    const whereabouts = new Whereabouts(texts);
    whereabouts.cameIn(tea);
    whereabouts.cameIn(cake);
    whereabouts.cameIn({ ...cake, name: 'Linus' });
    expect(new Whereabouts(texts).all).toEqual([tea, { ...cake, name: 'Linus' }]);
    whereabouts.left(tea);
    expect(whereabouts.all).toEqual([{ ...cake, name: 'Linus' }]);
  });

  it('is nowhere in what somebody else has written', () => {
    const texts = new MemoryTexts();
    for (const key of ['snug in', 'snug in {', 'snug in {}', 'snug in [1,2]', 'snug draft ["tea","m"]']) {
      texts.setItem(key, 'x');
    }
    expect(new Whereabouts(texts).all).toEqual([]);
  });

  it('is not known where nothing can be kept', () => {
    const forbidden = () => {
      throw new DOMException('Forbidden here.', 'SecurityError');
    };
    const texts: HandoverStorage = { keys: forbidden, getItem: forbidden, setItem: forbidden, removeItem: forbidden };
    const whereabouts = new Whereabouts(texts);
    whereabouts.cameIn(tea);
    whereabouts.left(tea);
    expect(whereabouts.all).toEqual([]);
  });
});
