import { beforeEach, describe, expect, test } from 'vitest';
import { Choices } from './choices.ts';

beforeEach(() => {
  delete document.documentElement.dataset['theme'];
  document.head.replaceChildren();
  localStorage.clear();
});

const content = (selector: string) => document.querySelector(selector)?.getAttribute('content');

describe('the theme', () => {
  test('is the system’s unless the page says otherwise, as the server wrote it', () => {
    expect(new Choices(document, localStorage).theme).toBe('system');
    document.documentElement.dataset['theme'] = 'dark';
    expect(new Choices(document, localStorage).theme).toBe('dark');
    document.documentElement.dataset['theme'] = 'purple';
    expect(new Choices(document, localStorage).theme).toBe('system');
  });

  test('that is chosen holds at once, also around the page, and is in the cookie for the next one', () => {
    for (const [name, media] of [['color-scheme'], ['theme-color', 'light'], ['theme-color', 'dark']]) {
      const meta = document.createElement('meta');
      meta.name = name!;
      if (media !== undefined) meta.setAttribute('media', `(prefers-color-scheme: ${media})`);
      document.head.append(meta);
    }
    const choices = new Choices(document, localStorage);
    choices.chooseTheme('dark');
    expect(choices.theme).toBe('dark');
    expect(content('[name=color-scheme]')).toBe('dark');
    expect(content('[media*=light]')).toBe('#111419');
    expect(document.cookie).toContain('snug-theme=dark');
    choices.chooseTheme('system');
    expect(choices.theme).toBe('system');
    expect([content('[media*=light]'), content('[media*=dark]')]).toEqual(['#fbfaf7', '#111419']);
    expect(document.cookie).not.toContain('dark');
  });
});

test('the list of people and the preview are there until they are put away, also after a reload', () => {
  const choices = new Choices(document, localStorage);
  expect([choices.isPeopleShown, choices.isPreviewShown]).toEqual([true, true]);
  choices.showPreview(false);
  const next = new Choices(document, localStorage);
  expect([next.isPeopleShown, next.isPreviewShown]).toEqual([true, false]);
  next.showPeople(false);
  next.showPreview(true);
  expect([next.isPeopleShown, next.isPreviewShown]).toEqual([false, true]);
});

test('without a memory a choice holds for this page, and nothing breaks', () => {
  const refuse = (): never => {
    throw new Error('forbidden');
  };
  const choices = new Choices(document, { getItem: refuse, setItem: refuse });
  expect(choices.isPreviewShown).toBe(true);
  choices.showPreview(false);
  choices.showPeople(false);
  expect([choices.isPeopleShown, choices.isPreviewShown]).toEqual([false, false]);
});
