import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { NO_EDITS } from '../state/edits.ts';
import { NO_LIST } from '../state/people-list.ts';
import { listed, NO_ROOMS } from '../state/room-list.ts';
import { Choices } from './choices.ts';
import { EnterKeySetting } from './enter-key.ts';
import { noActions } from './sample-actions.ts';
import { ada, ROOM, roomOf } from './samples.ts';
import { TabPage, type TabPageProps } from './tab-page.tsx';

afterEach(cleanup);

const plain = { topic: '', head: 1, unread: 0, mentioned: false };
const cake = 'cake' as Address;
const ben = { id: 'm-ben' as MemberId, name: 'Ben' };
const rooms = listed({
  ok: true,
  rooms: [
    { ...plain, room: cake, title: 'Cake', unread: 100, mentioned: true },
    { ...plain, room: ROOM, title: 'Tea', unread: 3 },
    { ...plain, room: '~talk' as Address, title: 'Ada and Ben', direct: ben },
  ],
});

function setUp(more: Partial<TabPageProps> = {}) {
  const gone: string[] = [];
  const first: TabPageProps = {
    room: {
      state: roomOf([]),
      me: ada,
      pending: [],
      link: { kind: 'online' },
      draft: '',
      isKept: true,
      edits: NO_EDITS,
      replying: undefined,
      reading: { unread: undefined, notLed: undefined },
      list: NO_LIST,
      typists: [],
      ignored: [],
    },
    rooms,
    drafts: new Set([ROOM, '~talk' as Address]),
    enterKey: new EnterKeySetting(() => localStorage),
    isTouch: false,
    isWide: true,
    choices: new Choices(document, localStorage),
    actions: noActions(),
    find: () => new Promise(() => {}),
    go: ({ room }) => gone.push(room),
  };
  const { rerender } = render(<TabPage {...first} {...more} />);
  const become = (next: Partial<TabPageProps>) => rerender(<TabPage {...first} {...more} {...next} />);
  return { gone, become, first };
}

const links = () => within(screen.getByRole('navigation', { name: 'Rooms' })).getAllByRole('link');
const linkTo = (name: string) => screen.getByRole('link', { name: new RegExp(`^${name}`, 'u') });
const names = () => links().map((link) => link.textContent.trim());

describe('the rooms beside the one that is shown', () => {
  test('say what is new, who is mentioned, and where something was typed; the one that is shown says nothing', () => {
    setUp();
    expect(names()).toEqual(['Cake@, mentions you, 99+ unread', 'Tea', 'Bendraft', 'Join another room']);
    expect(links().map((link) => link.getAttribute('aria-current'))).toEqual([null, 'page', null, null]);
  });

  test('are links, which go where they say in this tab, and with a key held in another', () => {
    const { gone } = setUp();
    const first = linkTo('Cake');
    expect(first.getAttribute('href')).toBe('/chat/cake');
    expect(fireEvent.click(first, { ctrlKey: true })).toBe(true);
    expect(gone).toEqual([]);
    expect(fireEvent.click(first)).toBe(false);
    expect(gone).toEqual(['cake']);
  });

  test('point 23: are one stop of the Tab key, which arrows and letters go through', () => {
    setUp();
    expect(links().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1, 0]);
    linkTo('Tea').focus();
    for (const [key, name] of [
      ['ArrowUp', 'Cake'],
      ['ArrowUp', 'Ben'],
      ['Home', 'Cake'],
      ['t', 'Tea'],
    ] as const) {
      fireEvent.keyDown(document.activeElement!, { key });
      expect(document.activeElement?.textContent).toContain(name);
    }
    expect(links().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1, 0]);
  });

  test('point 23: Alt and an arrow go to the one above and below, and round', () => {
    const { gone } = setUp();
    for (const key of ['ArrowUp', 'ArrowDown']) fireEvent.keyDown(document.body, { key, altKey: true });
    fireEvent.keyDown(document.body, { key: 'ArrowUp' });
    expect(gone).toEqual(['cake', '~talk']);
  });

  test('the one that is shown is there before the server has said which there are', () => {
    setUp({ rooms: NO_ROOMS });
    expect(names()).toEqual(['Tea', 'Join another room']);
    expect(screen.getByText('When you are in more rooms than this one, they stand here.')).toBeTruthy();
  });

  test('lie in a drawer where there is no room for them, with the number of what is new elsewhere on its button', () => {
    const { gone } = setUp({ isWide: false });
    expect(screen.queryByRole('navigation')).toBeNull();
    const button = screen.getByRole('button', { name: 'Rooms, 99+ unread' });
    fireEvent.click(button);
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect([screen.queryByRole('dialog'), document.activeElement]).toEqual([null, button]);
    fireEvent.click(button);
    fireEvent.click(linkTo('Cake'));
    expect([screen.queryByRole('dialog'), gone]).toEqual([null, ['cake']]);
  });

  test('whoever goes to another one goes on writing there', () => {
    const { become, first } = setUp();
    expect(document.activeElement).toBe(document.body);
    become({ room: { ...first.room, state: { ...roomOf([]), room: cake, title: 'Cake' } } });
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message to Cake' }));
  });

  test('whoever touches the screen goes there to read, and is shown no keyboard', () => {
    const { become, first } = setUp({ isTouch: true });
    become({ room: { ...first.room, state: { ...roomOf([]), room: cake, title: 'Cake' } } });
    expect(document.activeElement).toBe(document.body);
  });
});
