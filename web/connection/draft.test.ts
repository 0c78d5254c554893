import { describe, expect, it } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { Draft, type TextStorage } from './draft.ts';
import { HandClock } from './hand-clock.ts';
import type { Owner } from './outbox-item.ts';

const ada: Owner = { room: 'tea' as Address, member: 'm-ada' as MemberId, name: 'Ada' };

class Texts implements TextStorage {
  readonly texts = new Map<string, string>();
  getItem(key: string) {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, text: string) {
    this.texts.set(key, text);
  }
  removeItem(key: string) {
    this.texts.delete(key);
  }
}

class NoTexts implements TextStorage {
  getItem(): string {
    throw new Error('SecurityError');
  }
  setItem(): void {
    throw new Error('QuotaExceededError');
  }
  removeItem(): void {
    throw new Error('SecurityError');
  }
}

describe('a draft', () => {
  it('is saved 300 ms after the last key, and is there on the next page', async () => {
    const texts = new Texts();
    const clock = new HandClock();
    const draft = new Draft(texts, clock, ada);
    draft.write('hel');
    await clock.advance(200);
    draft.write('hello');
    await clock.advance(299);
    expect(texts.texts.size).toBe(0);
    await clock.advance(1);
    expect(new Draft(texts, clock, ada).text).toBe('hello');
  });

  it('is saved at once when the page goes, and gone at once when it was sent', () => {
    const texts = new Texts();
    const draft = new Draft(texts, new HandClock(), ada);
    draft.write('hello');
    draft.save();
    expect(draft.text).toBe('hello');
    expect(texts.texts.size).toBe(1);
    draft.write('');
    draft.save();
    expect(texts.texts.size).toBe(0);
  });

  it('is of one member in one room', () => {
    const texts = new Texts();
    const clock = new HandClock();
    const draft = new Draft(texts, clock, ada);
    draft.write('hello');
    draft.save();
    expect(new Draft(texts, clock, { ...ada, member: 'm-lin' as MemberId }).text).toBe('');
    expect(new Draft(texts, clock, { ...ada, room: '__proto__' as Address }).text).toBe('');
  });

  it('lives as long as the page where nothing can be kept', async () => {
    const clock = new HandClock();
    const draft = new Draft(new NoTexts(), clock, ada);
    expect(draft.text).toBe('');
    draft.write('hello');
    await clock.advance(1_000);
    expect(draft.text).toBe('hello');
  });

  it('point 27: is what another tab has kept last, and no other draft', () => {
    const texts = new Texts();
    const draft = new Draft(texts, new HandClock(), ada);
    draft.write('here');
    draft.save();
    const [key = ''] = texts.texts.keys();
    draft.write('here and not saved');
    expect(draft.keptElsewhere(`${key} too`)).toBe(false);
    expect(draft.text).toBe('here and not saved');
    texts.setItem(key, 'elsewhere');
    expect(draft.keptElsewhere(key)).toBe(true);
    expect(draft.text).toBe('elsewhere');
    texts.removeItem(key);
    expect([draft.keptElsewhere(null), draft.text]).toEqual([true, '']);
  });
});
