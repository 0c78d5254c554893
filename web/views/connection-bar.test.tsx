import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LinkState } from '../state/room-state.ts';
import { ConnectionBar } from './connection-bar.tsx';
import { NOON } from './samples.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function setUp(link: LinkState) {
  let tries = 0;
  const bar = (state: LinkState) => <ConnectionBar link={state} tryNow={() => (tries += 1)} />;
  const { rerender, container } = render(bar(link));
  return {
    text: () => container.textContent,
    become: (state: LinkState) => rerender(bar(state)),
    pass: (ms: number) => void act(() => void vi.advanceTimersByTime(ms)),
    tries: () => tries,
  };
}

const online: LinkState = { kind: 'online' };

describe('the connection bar', () => {
  test('says nothing for two seconds, then that it is connecting', () => {
    const { text, pass } = setUp({ kind: 'connecting', since: NOON });
    expect(text()).toBe('');
    pass(1_999);
    expect(text()).toBe('');
    pass(1);
    expect(text()).toBe('Connecting …');
  });

  test('says nothing at all of a loss that is over within two seconds', () => {
    const { text, pass, become } = setUp({ kind: 'waiting', since: NOON, until: NOON + 1_000 });
    pass(1_000);
    become(online);
    pass(10_000);
    expect(text()).toBe('');
  });

  test('after fifteen seconds counts down to the next try and offers to try now', () => {
    const { text, pass, tries } = setUp({ kind: 'waiting', since: NOON, until: NOON + 18_500 });
    pass(14_999);
    expect(screen.queryByRole('button')).toBeNull();
    pass(1);
    expect(text()).toContain('What you write is kept.');
    expect(text()).toContain('Next try in 4 s');
    pass(1_000);
    expect(text()).toContain('Next try in 3 s');
    pass(2_500);
    expect(text()).toContain('Next try in 0 s');
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(tries()).toBe(1);
  });

  test('the countdown is not read aloud every second', () => {
    const { pass } = setUp({ kind: 'waiting', since: NOON, until: NOON + 30_000 });
    pass(16_000);
    expect(screen.getByRole('status').textContent).not.toMatch(/\d/u);
  });

  test('says that it is back, for three seconds, only if it had said that it was away', () => {
    const { text, pass, become } = setUp({ kind: 'waiting', since: NOON, until: NOON + 9_000 });
    pass(5_000);
    become(online);
    expect(text()).toBe('Back online');
    pass(2_999);
    expect(text()).toBe('Back online');
    pass(1);
    expect(text()).toBe('');
  });

  test('says that the browser is offline, and that what is written is kept', () => {
    const { text, pass } = setUp({ kind: 'offline', since: NOON });
    pass(2_000);
    expect(text()).toContain('You are offline. What you write is kept');
  });
});
