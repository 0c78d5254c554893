import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { Menu, MenuChoice, MenuGroup, MenuItem } from './menu.tsx';

afterEach(cleanup);

function setUp() {
  const chosen: string[] = [];
  render(
    <>
      <Menu label="More" icon="…">
        <MenuItem icon="" choose={() => chosen.push('invite')}>
          Invite
        </MenuItem>
        <MenuGroup label="Colours">
          <MenuChoice icon="" mark="x" isChosen={true} choose={() => chosen.push('light')}>
            Light
          </MenuChoice>
          <MenuChoice icon="" mark="x" isChosen={false} choose={() => chosen.push('dark')}>
            Dark
          </MenuChoice>
        </MenuGroup>
        <form>
          <MenuItem icon="">Leave</MenuItem>
        </form>
      </Menu>
      <p>elsewhere</p>
    </>,
  );
  const button = screen.getByRole('button', { name: 'More' });
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
  return { chosen, button, press, focused: () => document.activeElement?.textContent };
}

const isOpen = (): boolean => screen.queryByRole('menu') !== null;

describe('a menu', () => {
  test('opens at its first item by a click or ArrowDown, at its last by ArrowUp', () => {
    const { button, press, focused } = setUp();
    fireEvent.click(button);
    expect([button.getAttribute('aria-expanded'), focused()]).toEqual(['true', 'Invite']);
    press('Escape');
    press('ArrowDown');
    expect(focused()).toBe('Invite');
    press('Escape');
    press('ArrowUp');
    expect(focused()).toBe('Leave');
  });

  test('is one stop of the Tab key: arrows go round, Home and End to the ends, a letter to what begins with it', () => {
    const { button, press, focused } = setUp();
    fireEvent.click(button);
    const seen = ['ArrowDown', 'ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home', 'd', 'l', 'L'].map((key) => {
      press(key);
      return focused();
    });
    expect(seen).toEqual(['Lightx', 'Dark', 'Leave', 'Invite', 'Leave', 'Invite', 'Dark', 'Leave', 'Lightx']);
  });

  test.each(['Escape', 'Tab'])('%s closes it and gives the focus back', (key) => {
    const { button, press } = setUp();
    fireEvent.click(button);
    press(key);
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(button);
  });

  test('a press elsewhere closes it', () => {
    const { button } = setUp();
    fireEvent.click(button);
    fireEvent.pointerDown(screen.getByText('elsewhere'));
    expect(isOpen()).toBe(false);
  });

  test('what is chosen is done, with the focus back on the button', () => {
    const { button, chosen } = setUp();
    fireEvent.click(button);
    expect(screen.getByRole('menuitemradio', { name: /^Light/u }).getAttribute('aria-checked')).toBe('true');
    fireEvent.click(screen.getByRole('menuitemradio', { name: 'Dark' }));
    expect([chosen, isOpen(), document.activeElement === button]).toEqual([['dark'], false, true]);
  });

  test('stays while the form in it is sent: a form that is gone is not sent', () => {
    const { button } = setUp();
    fireEvent.click(button);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Leave' }));
    expect(isOpen()).toBe(true);
  });
});
