import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LinkState, RoomState } from '../state/room-state.ts';
import { ConnectionBar, useBar } from './connection-bar.tsx';
import { linus, message, NOON, roomOf } from './samples.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

interface Drawn {
  readonly link: LinkState;
  readonly state: RoomState;
  readonly isKept: boolean;
  readonly tryNow: () => void;
}

function Bar({ link, state, isKept, tryNow }: Drawn) {
  const bar = useBar(link, state, isKept);
  return (
    <>
      <ConnectionBar bar={bar} tryNow={tryNow} />
      <output>{bar.said}</output>
    </>
  );
}

function setUp(link: LinkState, isKept = true) {
  let tries = 0;
  let state = roomOf([message(1, linus)]);
  const bar = (now: LinkState) => <Bar link={now} state={state} isKept={isKept} tryNow={() => (tries += 1)} />;
  const { rerender, container } = render(bar(link));
  return {
    text: () => container.querySelector('.connection-bar')?.textContent ?? '',
    said: () => container.querySelector('output')!.textContent,
    become: (next: LinkState, then = state) => {
      state = then;
      rerender(bar(next));
    },
    pass: (ms: number) => void act(() => void vi.advanceTimersByTime(ms)),
    tries: () => tries,
  };
}

const online: LinkState = { kind: 'online' };

describe('the connection bar', () => {
  test('point 26: says nothing for two seconds, then that it is connecting', () => {
    const { text, pass } = setUp({ kind: 'connecting', since: NOON });
    expect(text()).toBe('');
    pass(1_999);
    expect(text()).toBe('');
    pass(1);
    expect(text()).toBe('Connecting …');
  });

  test('point 26: says nothing at all of a loss that is over within two seconds', () => {
    const { text, pass, become } = setUp({ kind: 'waiting', since: NOON, until: NOON + 1_000 });
    pass(1_000);
    become(online);
    pass(10_000);
    expect(text()).toBe('');
  });

  test('point 26: after fifteen seconds counts down to the next try and offers to try now', () => {
    const { text, pass, tries } = setUp({ kind: 'waiting', since: NOON, until: NOON + 18_500 });
    pass(14_999);
    expect(screen.queryByRole('button')).toBeNull();
    pass(1);
    expect(text()).toContain('What you write is kept and goes when it is back.');
    expect(text()).toContain('Next try in 4 s');
    pass(1_000);
    expect(text()).toContain('Next try in 3 s');
    pass(2_500);
    expect(text()).toContain('Next try in 0 s');
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(tries()).toBe(1);
  });

  test('point 24: the countdown is not read aloud', () => {
    const { pass, said, text } = setUp({ kind: 'waiting', since: NOON, until: NOON + 30_000 });
    pass(16_000);
    expect(text()).toMatch(/\d/u);
    expect(said()).not.toMatch(/\d/u);
  });

  test('point 26: says that it is back, for three seconds, only if it had said that it was away', () => {
    const { text, pass, become } = setUp(online);
    become({ kind: 'waiting', since: NOON, until: NOON + 9_000 });
    pass(5_000);
    become(online);
    expect(text()).toBe('Back online');
    pass(2_999);
    expect(text()).toBe('Back online');
    pass(1);
    expect(text()).toBe('');
  });

  test('point 26: says how many messages came meanwhile, also those that come a moment later', () => {
    const { text, pass, become, said } = setUp(online);
    become({ kind: 'waiting', since: NOON, until: NOON + 9_000 });
    pass(5_000);
    become(online);
    expect(text()).toBe('Back online');
    const twelve = Array.from({ length: 13 }, (_, at) => message(at + 1, linus));
    become(online, roomOf(twelve));
    expect(text()).toBe('Back online, 12 new');
    expect(said()).toBe('Back online.');
  });

  test('point 26: does not know how many more there were where only the newest came', () => {
    const { text, pass, become } = setUp(online);
    become({ kind: 'waiting', since: NOON, until: NOON + 9_000 });
    pass(5_000);
    become(online, roomOf([message(800, linus), message(801, linus), message(802, linus)]));
    expect(text()).toBe('Back online, 2+ new');
  });

  test('a page that has not been in the room yet is not back', () => {
    const { text, pass, become } = setUp({ kind: 'connecting', since: NOON });
    become({ kind: 'connecting', since: NOON }, roomOf([], { me: undefined }));
    pass(5_000);
    become(online);
    expect(text()).not.toContain('new');
  });

  test('promises nothing where the browser keeps nothing', () => {
    const { text, pass } = setUp({ kind: 'offline', since: NOON }, false);
    pass(2_000);
    expect(text()).toBe('You are offline. What you write goes when you are back, if this page stays open.');
  });

  test('says that the browser is offline, and that what is written is kept', () => {
    const { text, pass } = setUp({ kind: 'offline', since: NOON });
    pass(2_000);
    expect(text()).toContain('You are offline. What you write is kept');
  });
});
