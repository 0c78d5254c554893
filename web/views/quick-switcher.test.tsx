import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { listed } from '../state/room-list.ts';
import { QuickSwitcher, type QuickSwitcherProps } from './quick-switcher.tsx';
import { ada, linus, ROOM } from './samples.ts';

afterEach(cleanup);

const plain = { topic: '', head: 1, unread: 0, mentioned: false };
const ben = { id: 'm-ben' as MemberId, name: 'Ben' };
const { rooms } = listed({
  ok: true,
  rooms: [
    { ...plain, room: ROOM, title: 'Tea' },
    { ...plain, room: 'cake' as Address, title: 'Cake', unread: 2 },
    { ...plain, room: '~talk' as Address, title: 'Ada and Ben', direct: ben },
  ],
});

function setUp(more: Partial<QuickSwitcherProps> = {}) {
  const done: string[] = [];
  render(
    <QuickSwitcher
      room={ROOM}
      rooms={rooms}
      here={[ada, linus]}
      me={ada}
      isDirect={false}
      isPeopleOpen={true}
      choices={{ theme: 'light', chooseTheme: (theme) => void done.push(`theme ${theme}`) }}
      go={({ room }) => done.push(`go ${room}`)}
      writeTo={({ name }) => done.push(`write to ${name}`)}
      open={(what) => done.push(`open ${typeof what === 'string' ? what : what.person.name}`)}
      togglePeople={() => done.push('people')}
      leaveRoom={() => done.push('leave')}
      close={() => done.push('close')}
      {...more}
    />,
  );
  const field = screen.getByRole('combobox');
  return {
    done,
    type: (value: string) => fireEvent.input(field, { target: { value } }),
    press: (key: string, more: object = {}) => fireEvent.keyDown(field, { key, ...more }),
    chosen: () => {
      const option = screen.getByRole('option', { selected: true });
      expect(field.getAttribute('aria-activedescendant')).toBe(option.id);
      return option.textContent;
    },
  };
}

const options = () => screen.queryAllByRole('option').map((option) => option.textContent);

describe('point 23: the quick switcher', () => {
  test('offers the other rooms, the people here and what one can do', () => {
    setUp();
    expect(options().slice(0, 3)).toEqual(['Cake, 2 unread', 'Ben', 'Write to Linus directly']);
    expect(screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'))).toEqual([
      'Rooms',
      'People here',
      'Actions',
    ]);
    expect(options()).toContain('Dark colours');
    expect(options()).not.toContain('Light colours');
  });

  test('chooses with Enter what the arrows have come to, and closes first', () => {
    const { done, press, chosen } = setUp();
    expect(chosen()).toContain('Cake');
    press('ArrowDown');
    press('ArrowDown');
    expect(chosen()).toBe('Write to Linus directly');
    press('Enter');
    expect(done).toEqual(['close', 'write to Linus']);
  });

  test('goes round at both ends', () => {
    const { press, chosen } = setUp();
    press('ArrowUp');
    expect(chosen()).toBe('Sign out');
    press('ArrowDown');
    expect(chosen()).toContain('Cake');
  });

  test('finds by what is typed, and says where nothing is called so', () => {
    const { done, type, press, chosen } = setUp();
    press('ArrowDown');
    type('inv');
    expect([options(), chosen()]).toEqual([['Invite people'], 'Invite people']);
    press('Enter', { isComposing: true });
    expect(done).toEqual([]);
    type('nobody');
    expect(screen.getByRole('status').textContent).toBe('Nothing is called like this here.');
    press('Enter');
    expect(done).toEqual([]);
    type('');
    press('Enter');
    expect(done).toEqual(['close', 'go cake']);
  });

  test('a click chooses as well, and leaves the focus in the field', () => {
    const { done } = setUp();
    const option = screen.getByText('Leave this room');
    expect(fireEvent.pointerDown(option)).toBe(false);
    fireEvent.click(option);
    expect(done).toEqual(['close', 'leave']);
  });

  test('D1: in a conversation of two nobody is written to or asked in', () => {
    setUp({ isDirect: true });
    expect(options()).not.toContain('Write to Linus directly');
    expect(options()).not.toContain('Invite people');
  });
});
