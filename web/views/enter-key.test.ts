import { expect, test } from 'vitest';
import { EnterKeySetting } from './enter-key.ts';

function memory() {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  };
}

test('point 6: Enter sends until one chooses otherwise, and the choice is remembered', () => {
  const storage = memory();
  const setting = new EnterKeySetting(() => storage);
  expect(setting.value).toBe('sends');
  setting.choose('breaks');
  expect(setting.value).toBe('breaks');
  const ofAnotherTab = new EnterKeySetting(() => storage);
  expect(ofAnotherTab.value).toBe('breaks');
  ofAnotherTab.choose('sends');
  expect(setting.value).toBe('sends');
});

test('point 6: where nothing can be remembered the choice lasts as long as the page', () => {
  const setting = new EnterKeySetting(() => {
    throw new Error('SecurityError');
  });
  expect(setting.value).toBe('sends');
  setting.choose('breaks');
  expect(setting.value).toBe('breaks');
});

test('what another version has left there is no choice', () => {
  const storage = memory();
  storage.setItem('snug:enter', '{"x":1}');
  expect(new EnterKeySetting(() => storage).value).toBe('sends');
});
