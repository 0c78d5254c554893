import type { Person } from './person.ts';
import { type Script, textsOf } from './script.ts';
import { expect } from './story.ts';

export const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `message ${from + at}`);

/** Somebody who has read ten messages and written one, was away for `missed` others, and comes back. */
export async function comeBack(ada: Person, other: Script, missed: number): Promise<void> {
  await other.say(...numbered(1, 10));
  await expect(ada.texts.last()).toHaveText('message 10');
  await ada.send('my own');
  // Whoever writes has read what was there.
  await expect.poll(() => textsOf(other.heard)).toContain('my own');
  const address = ada.page.url();
  await ada.page.goto('about:blank');
  await other.say(...numbered(11, 10 + missed));
  await ada.page.goto(address);
  await ada.isIn();
  await expect(ada.texts.last()).toHaveText(`message ${10 + missed}`);
}

/** Opens the room around a message, as a link does that somebody has sent. */
export async function follow(person: Person, seq: number): Promise<void> {
  const address = new URL(person.page.url());
  address.searchParams.set('at', String(seq));
  await person.page.goto(address.href);
}
