import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { type LoginPage, renderLogin } from '../../server/http/pages/login-page.tsx';
import { enhanceLogin } from './login-form.ts';
import { recall, remember } from './remembered.ts';

const storage = (): Storage => localStorage;
const forbidden = (): Storage => {
  throw new Error('The person has forbidden this.');
};

/** The page as the server renders it, in this document, with the script at work on it. */
function open(page: Partial<LoginPage> = {}, store: () => Storage = storage) {
  const html = renderLogin({ assets: { styles: [] }, name: '', room: '', problems: {}, ...page });
  document.body.innerHTML = html.replace(/^.*<body[^>]*>|<\/body>.*$/gsu, '');
  document.querySelector<HTMLElement>('[autofocus]')?.focus();
  enhanceLogin(document, { storage: store, suggest: () => 'bade-fugi-kolu' });
  const name = document.querySelector<HTMLInputElement>('#name')!;
  const room = document.querySelector<HTMLInputElement>('#room')!;
  return { name, room, send, type };
}

/** Whether the browser would send the form. */
function send(at = performance.now()): boolean {
  const event = new Event('submit', { cancelable: true, bubbles: true });
  Object.defineProperty(event, 'timeStamp', { value: at });
  document.querySelector('form')!.dispatchEvent(event);
  return !event.defaultPrevented;
}

function type(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function problemBeside(field: HTMLInputElement): string {
  const id = field.getAttribute('aria-describedby')?.split(' ')[0];
  return document.getElementById(id ?? '')?.textContent ?? '';
}

beforeEach(() => {
  localStorage.clear();
});

describe('the script of the login page', () => {
  test('a double click sends the form once; whoever tries again later is let', () => {
    const { name, room } = open();
    type(name, 'Ada');
    type(room, 'Tea');
    expect([send(1_000), send(1_300), send(4_000)]).toEqual([true, false, true]);
  });

  test('lets a good form go and remembers it', () => {
    const { name, room } = open();
    type(name, 'Ada');
    type(room, 'Tea & Cake');
    expect(send()).toBe(true);
    const again = open();
    expect(again.name.value).toBe('Ada');
    expect(document.querySelector('#recent a')?.getAttribute('href')).toBe('/?room=Tea%20%26%20Cake');
    expect(document.querySelector<HTMLElement>('#recent')?.hidden).toBe(false);
  });

  test.each([
    ['', 'Please give a name.'],
    ['x'.repeat(33), 'This name is too long: 32 characters at most.'],
    ['A\u200bda', 'This name has characters that cannot be seen. Please type it again without them.'],
    ['Admin', 'This name is kept for the room itself. Please take another.'],
  ])('N1 N2 N3: shows beside the field why the name %j cannot be, before anything is sent', (text, reason) => {
    const { name, room } = open();
    type(name, text);
    type(room, 'Tea');
    expect(send()).toBe(false);
    expect(problemBeside(name)).toBe(reason);
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(name);
    expect(name.value).toBe(text);
    expect(problemBeside(room)).toBe('');
  });

  test('moves nothing while a button is being pressed: what is wrong is said when it is up', async () => {
    const { room } = open();
    document.dispatchEvent(new Event('pointerdown'));
    type(room, 'a/b');
    room.dispatchEvent(new Event('change'));
    expect(problemBeside(room)).toBe('');
    document.dispatchEvent(new Event('pointerup'));
    expect(problemBeside(room)).toBe('');
    await vi.waitFor(() => expect(problemBeside(room)).toContain('cannot have'));
  });

  test('N5: shows beside the field why a room cannot be called so, and takes it back when it is typed again', () => {
    const { name, room } = open();
    type(name, 'Ada');
    type(room, 'a/b');
    expect(send()).toBe(false);
    expect(problemBeside(room)).toContain('A room name cannot have');
    expect(document.activeElement).toBe(room);
    type(room, 'ab');
    expect(problemBeside(room)).toBe('');
    expect(room.hasAttribute('aria-invalid')).toBe(false);
    expect(send()).toBe(true);
  });

  test('never blocks the form: sent again unchanged it goes to the server, which decides', () => {
    const { name, room } = open();
    type(name, 'system');
    type(room, 'Tea');
    expect(send()).toBe(false);
    expect(send()).toBe(true);
  });

  test('leaves what the server filled in, and what it said, as it is', () => {
    remember(storage, 'Ada', 'Tea');
    const { name, room } = open({
      name: 'Linus',
      room: 'Book club',
      problems: { name: 'Somebody else here has this name.' },
    });
    expect(name.value).toBe('Linus');
    expect(room.value).toBe('Book club');
    expect(problemBeside(name)).toBe('Somebody else here has this name.');
  });

  test('point 1: fills in the name and the room of the last time; the focus is on the name, and typing replaces it', () => {
    remember(storage, 'Ada', 'Book club');
    remember(storage, 'Ben', 'Tea');
    const { name, room } = open();
    expect([name.value, room.value]).toEqual(['Ben', 'Tea']);
    expect(document.activeElement).toBe(name);
    expect([name.selectionStart, name.selectionEnd]).toEqual([0, 3]);
  });

  test('point 1: a room in the address stays, and the focus is on the name', () => {
    remember(storage, 'Ada', 'Tea');
    const { name, room } = open({ room: 'Book club' });
    expect([name.value, room.value]).toEqual(['Ada', 'Book club']);
    expect(document.activeElement).toBe(name);
  });

  test('puts the focus where something is missing', () => {
    localStorage.setItem('snug:login', JSON.stringify({ name: 'Ada', rooms: [] }));
    expect(document.activeElement).not.toBe(open().name);
    expect(document.activeElement?.id).toBe('room');
  });

  test('whoever has begun to type before the script came goes on', () => {
    remember(storage, 'Ada', 'Tea');
    const html = renderLogin({ assets: { styles: [] }, name: '', room: '', problems: {} });
    document.body.innerHTML = html.replace(/^.*<body[^>]*>|<\/body>.*$/gsu, '');
    const name = document.querySelector<HTMLInputElement>('#name')!;
    name.value = 'Ze';
    name.focus();
    name.setSelectionRange(2, 2);
    enhanceLogin(document, { storage, suggest: () => '' });
    expect([name.value, name.selectionStart, name.selectionEnd]).toEqual(['Ze', 2, 2]);
  });

  test('fills nothing in beside what is wrong', () => {
    remember(storage, 'Ada', 'Tea');
    const { name, room } = open({ problems: { name: 'Please give a name.', room: 'Please give a room.' } });
    expect([name.value, room.value]).toEqual(['', '']);
  });

  test('offers a name for a room that is hard to guess', () => {
    const { room } = open();
    [...document.querySelectorAll('button')].find((button) => button.textContent.startsWith('Suggest'))?.click();
    expect(room.value).toBe('bade-fugi-kolu');
    expect(document.activeElement).toBe(room);
  });

  test('point 1: adds the rooms that the server does not show, in whatever spelling, six in all', () => {
    for (const room of ['h', 'g', 'f', 'Book club', 'TEA']) remember(storage, 'Ada', room);
    const at = (title: string) => ({
      room: title.toLowerCase() as Address,
      title,
      name: 'Ada',
      path: `/chat/${title}`,
    });
    open({ recent: [at('Tea'), at('Chess'), at('Zoo')] });
    const shown = [...document.querySelectorAll('#recent a')].map((chip) => [
      chip.textContent,
      chip.getAttribute('href'),
    ]);
    expect(shown).toEqual([
      ['Tea as Ada', '/chat/Tea'],
      ['Chess as Ada', '/chat/Chess'],
      ['Zoo as Ada', '/chat/Zoo'],
      ['Book club', '/?room=Book%20club'],
      ['f', '/?room=f'],
      ['g', '/?room=g'],
    ]);
  });

  test('works where the browser may not remember', () => {
    const { name, room } = open({}, forbidden);
    type(name, 'Ada');
    type(room, 'Tea');
    expect(send()).toBe(true);
  });
});

describe('what is remembered', () => {
  test('is the last name, and the last six rooms, the newest first and each once', () => {
    for (const room of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'c']) remember(storage, `at ${room}`, room);
    expect(recall(storage)).toEqual({ name: 'at c', rooms: ['c', 'g', 'f', 'e', 'd', 'b'] });
  });

  test.each(['', 'null', '7', '{"name":7,"rooms":"x"}', '{"rooms":[1,{}]}', '{'])(
    'is nothing where %j stands',
    (text) => {
      localStorage.setItem('snug:login', text);
      expect(recall(storage)).toEqual({ name: '', rooms: [] });
    },
  );
});
