import { beforeEach, describe, expect, test } from 'vitest';
import { Choices } from './choices.ts';
import { EnterKeySetting } from './enter-key.ts';
import { KeptChoice } from './kept-choice.ts';
import { ROOM } from './samples.ts';
import { Settings } from './settings.ts';

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
  delete document.documentElement.dataset['density'];
});

/** One tab of the browser, which counts how often it was drawn anew. */
function open(page: Document = document) {
  const tab = { drawn: 0 };
  const storage = () => localStorage;
  const settings = new Settings({
    document: page,
    storage,
    choices: new Choices(page, localStorage),
    enterKey: new EnterKeySetting(storage),
    changed: () => (tab.drawn += 1),
  });
  return { settings, tab };
}

describe('what is kept of a choice', () => {
  test('is one of those that there are, whatever lies there', () => {
    localStorage.setItem('snug:density', 'purple');
    expect(open().settings.density.value).toBe('comfortable');
  });

  test('holds for the page where nothing may be remembered', () => {
    const choice = new KeptChoice<'off' | 'on'>(
      () => {
        throw new Error('SecurityError');
      },
      'snug:sound',
      ['off', 'on'],
    );
    expect(choice.value).toBe('off');
    choice.choose('on');
    expect(choice.value).toBe('on');
  });
});

describe('settings', () => {
  test('point 25: sound and notifications are off and mentions alone call until somebody says otherwise', () => {
    const { settings } = open();
    expect([settings.notifications.value, settings.sound.value]).toEqual(['off', 'off']);
    expect(settings.ofRoom(ROOM).value).toBe('mentions');
    settings.ofRoom(ROOM).choose('none');
    expect(open().settings.ofRoom(ROOM).value).toBe('none');
  });

  test('are seen at once, and after a reload', () => {
    const { settings, tab } = open();
    expect(document.documentElement.dataset['density']).toBe('comfortable');
    settings.density.choose('compact');
    expect(document.documentElement.dataset['density']).toBe('compact');
    expect(tab.drawn).toBe(1);
    delete document.documentElement.dataset['density'];
    open();
    expect(document.documentElement.dataset['density']).toBe('compact');
  });

  test('hold in all tabs at once, the theme as well', () => {
    const elsewhere = document.implementation.createHTMLDocument();
    const other = open(elsewhere);
    const { settings } = open();
    settings.chooseTheme('dark');
    other.settings.keptElsewhere('snug:theme');
    expect([other.settings.theme, elsewhere.documentElement.dataset['theme']]).toEqual(['dark', 'dark']);
    settings.density.choose('compact');
    other.settings.keptElsewhere('snug:density');
    expect(elsewhere.documentElement.dataset['density']).toBe('compact');
    settings.ofRoom(ROOM).choose('all');
    other.settings.keptElsewhere(`snug:notify ${ROOM}`);
    expect(other.tab.drawn).toBe(3);
    other.settings.keptElsewhere('snug draft ["tea","m-ada"]');
    expect(other.tab.drawn).toBe(3);
  });
});
