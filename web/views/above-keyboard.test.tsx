import { expect, test } from 'vitest';
import { keepAboveKeyboard } from './above-keyboard.ts';

function phone() {
  const viewport = Object.assign(new EventTarget(), { height: 800, scale: 1 });
  const scrolls: number[] = [];
  const scrollTo = (_: number, y: number) => void scrolls.push(y);
  keepAboveKeyboard({ visualViewport: viewport, innerHeight: 800, scrollTo, document } as never);
  return {
    scrolls,
    see: (height: number, scale = 1) => {
      Object.assign(viewport, { height, scale });
      viewport.dispatchEvent(new Event('resize'));
      return document.documentElement.style.getPropertyValue('--seen-height');
    },
  };
}

test('point 29: while a keyboard covers the page, it is as high as what is seen of it', () => {
  const { see, scrolls } = phone();
  expect(see(460)).toBe('460px');
  expect(scrolls).toEqual([0]);
  expect(see(800)).toBe('');
});

test('a page that is magnified stays as it is', () => {
  expect(phone().see(400, 2)).toBe('');
});
