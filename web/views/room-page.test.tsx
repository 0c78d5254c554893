import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EntryId } from '../../protocol/ids.ts';
import { NO_EDITS } from '../state/edits.ts';
import { NOTHING_READ } from '../reading-desk.ts';
import { NO_LIST } from '../state/people-list.ts';
import { Choices } from './choices.ts';
import { EnterKeySetting } from './enter-key.ts';
import { RoomPage, type RoomPageProps } from './room-page.tsx';
import { noActions } from './sample-actions.ts';
import { ada, linus, message, NOON, notice, roomOf, waiting } from './samples.ts';

const failed = { state: { kind: 'failed', code: 'forbidden', message: 'This is not yours to do.' } } as const;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.useRealTimers();
});

function setUp(more: Partial<RoomPageProps> = {}) {
  const asked: string[] = [];
  const actions = noActions(asked);
  const first: RoomPageProps = {
    state: roomOf([message(1, linus)]),
    me: ada,
    pending: [],
    link: { kind: 'online' },
    draft: '',
    isKept: true,
    edits: NO_EDITS,
    replying: undefined,
    reading: NOTHING_READ,
    list: NO_LIST,
    typists: [],
    ignored: [],
    around: { rooms: [], go: () => {}, isSwitching: false, endSwitching: () => {} },
    enterKey: new EnterKeySetting(() => localStorage),
    isTouch: false,
    isWide: true,
    choices: new Choices(document, localStorage),
    actions,
  };
  const { rerender } = render(<RoomPage {...first} {...more} />);
  return { asked, become: (next: Partial<RoomPageProps>) => rerender(<RoomPage {...first} {...more} {...next} />) };
}

const news = (): string => screen.getByRole('status', { name: 'News' }).textContent;
const pass = (ms: number): void => void act(() => void vi.advanceTimersByTime(ms));

describe('the room', () => {
  test('shows its title, what was said and who is here', () => {
    setUp();
    expect(screen.getByRole('heading', { level: 1, name: 'Tea' })).toBeTruthy();
    expect(screen.getByRole('article', { name: /^Linus/u }).textContent).toContain('text 1');
    const people = within(screen.getByRole('complementary', { name: 'Here now 2' }));
    expect(people.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Ada you', 'Linus']);
  });

  test('tells who came and who left', () => {
    setUp({ state: roomOf([notice(1, linus, 'connect'), notice(2, linus, 'disconnect')]) });
    expect(screen.getByText(/came and went · 2 here/u).textContent).toContain('Linus');
  });

  test('S5: a message of one’s own is one row before, while and after its entry comes', () => {
    const { become } = setUp({ pending: [waiting('c2')] });
    const row = screen.getByRole('article', { name: /^Ada/u });
    const state = roomOf([message(1, linus), message(2, ada)]);
    become({ state, pending: [waiting('c2', { state: { kind: 'stored', seq: 2 } })] });
    expect(screen.getAllByRole('article', { name: /^Ada/u })).toEqual([row]);
    become({ state, pending: [] });
    expect(screen.getAllByRole('article', { name: /^Ada/u })).toEqual([row]);
  });

  test.each([
    ['Retry', 'retry c9'],
    ['Edit', 'edit c9'],
    ['Delete', 'discard c9'],
  ])('%s of a message that was not taken leads the focus to the composer', (name, what) => {
    const { asked } = setUp({ pending: [waiting('c9', failed)] });
    fireEvent.click(screen.getByRole('button', { name }));
    expect(asked).toContain(what);
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  test('leaves by a plain form that says which member leaves which room', () => {
    const { asked } = setUp();
    const form = screen.getByRole('button', { name: 'Leave this room' }).closest('form')!;
    expect([form.getAttribute('action'), form.method]).toEqual(['/leave', 'post']);
    expect(Object.fromEntries(new FormData(form))).toEqual({ room: 'tea', as: 'm-ada' });
    fireEvent.submit(form);
    expect(asked).toContain('leave');
  });

  test('an ended session leads to the login page with the room, and the composer stays', () => {
    const text = 'Your session has ended. Give your name again: what this browser still keeps is sent then.';
    setUp({ link: { kind: 'ended', code: 'signInAgain', message: text }, draft: 'half a thou' });
    expect(screen.getByText(text).closest('[role=alert]')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Give your name again' }).getAttribute('href')).toBe('/?room=tea');
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('half a thou');
  });

  test('the list of people beside the transcript stays closed once it was closed', () => {
    setUp();
    const button = screen.getByRole('button', { name: 'People here: 2' });
    expect(button.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Close the list' }));
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(button);
    cleanup();
    setUp();
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  test('the list of people over the transcript is a dialog that is there only when it is asked for', () => {
    setUp({ isWide: false });
    const button = screen.getByRole('button', { name: 'People here: 2' });
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(button.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(button);
    const dialog = screen.getByRole('complementary').closest('dialog')!;
    expect(dialog.open).toBe(true);
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  test('whom one ignores is not heard of, and can be heeded again in the list of people', () => {
    const { asked, become } = setUp({ ignored: [linus] });
    become({ ignored: [linus], state: roomOf([message(1, linus), message(2, linus)]) });
    pass(500);
    expect([news(), screen.queryByText('text 2')]).toEqual(['', null]);
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(screen.getByText('text 2')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo: ignore Linus no more' }));
    expect(asked).toContain('heed m-linus');
  });

  test('what was refused is said for a moment, and heard', () => {
    const { become } = setUp();
    become({ refused: 'The title is as it was. This name cannot be used.' });
    expect(screen.getByText('The title is as it was. This name cannot be used.')).toBeTruthy();
    pass(500);
    expect(news()).toContain('The title is as it was');
  });

  test('D1: a conversation of two is called as the other one is, and leads to nobody else', () => {
    setUp({ state: roomOf([], { title: 'Ada and Linus', direct: linus }) });
    expect(screen.getByRole('heading', { level: 1, name: 'Linus' })).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Message to Linus' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Start of the conversation' }).textContent).toContain('Linus and you');
    expect(screen.queryByRole('button', { name: 'Copy link' })).toBeNull();
  });

  test('the list of people begins with oneself, and goes on by name', () => {
    const zoe = { ...linus, id: 'm-zoe' as typeof linus.id, name: 'zoë' };
    setUp({ state: roomOf([], { here: [zoe, linus, ada] }) });
    const names = within(screen.getByRole('complementary')).getAllByRole('listitem');
    expect(names.map((item) => item.textContent)).toEqual(['Ada you', 'Linus', 'zoë']);
  });

  describe('P9: of a crowd', () => {
    const zoe = { ...linus, id: 'm-zoe' as typeof linus.id, name: 'Zoë' };
    const state = roomOf([], { here: [], crowd: 5_012 });
    const names = () => screen.getAllByRole('listitem').map((item) => item.textContent);
    /** As the machine that runs this writes it. */
    const many = (5_012).toLocaleString();

    test('the header says how many they are, and the list is asked for when it is to be seen', () => {
      const { asked } = setUp({ state, isWide: false });
      expect(asked).not.toContain('listPeople');
      fireEvent.click(screen.getByRole('button', { name: `People here: ${many}` }));
      expect(asked.filter((what) => what === 'listPeople')).toHaveLength(1);
      expect(screen.getByRole('complementary', { name: `Here now ${many}` }).textContent).toContain('nobody is told');
      expect(names()).toEqual(['Ada you']);
    });

    test('a page is shown in its order, oneself first, with the time that it is of, and more is asked for', () => {
      const list = { ...NO_LIST, people: [ada, linus, zoe], hasMore: true, asOf: NOON };
      const { asked, become } = setUp({ state, list });
      expect(names()).toEqual(['Ada you', 'Linus', 'Zoë']);
      expect(screen.getByText(/This is the list of 12:00/u)).toBeTruthy();
      fireEvent.click(screen.getByRole('button', { name: 'Show more people' }));
      expect(asked.at(-1)).toBe('listMorePeople');
      become({ state, list: { ...list, isAsking: true } });
      expect(screen.getByText('Asking who is here …')).toBeTruthy();
      become({ state, list: { ...list, trouble: 'The server cannot give it at the moment.' } });
      fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(asked.at(-1)).toBe('listMorePeople');
      become({ state, list: { ...list, hasMore: false } });
      fireEvent.click(screen.getByRole('button', { name: 'Bring it up to date' }));
      expect(asked.filter((what) => what === 'listPeople')).toHaveLength(2);
    });

    test('nothing is announced when notices stop and start again', () => {
      const { become } = setUp({ state: roomOf([message(1, linus)]) });
      pass(1_000);
      const last = (seq: number) => ({ last: { seq, id: `e${seq}` as EntryId } });
      become({ state: roomOf([message(1, linus)], { ...last(2), here: [], crowd: 201 }) });
      pass(1_000);
      become({ state: roomOf([message(1, linus)], { ...last(2), here: [], crowd: 300 }) });
      pass(1_000);
      become({ state: roomOf([message(1, linus)], last(3)) });
      pass(1_000);
      expect(news()).toBe('');
    });
  });

  test('says so where the browser keeps nothing', () => {
    const { become } = setUp();
    expect(screen.queryByText(/keeps nothing/u)).toBeNull();
    become({ isKept: false });
    expect(screen.getByText(/This browser keeps nothing for Snug/u)).toBeTruthy();
  });

  test('point 2: an empty room shows the link that others come in by, and leads to writing', () => {
    setUp({ state: roomOf([]) });
    const card = screen.getByRole('region', { name: 'Start of the room' });
    expect(card.textContent).toContain('Nobody has said anything yet');
    expect(card.querySelector('.address')?.textContent).toMatch(/\/chat\/tea$/u);
    fireEvent.click(within(card).getByRole('button', { name: 'Say hello' }));
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  test('asks for what is older, and not again while that is on its way', () => {
    const { asked, become } = setUp({ state: roomOf([message(90, linus)], { atStart: false }) });
    fireEvent.click(screen.getByRole('button', { name: 'Show earlier messages' }));
    expect(asked).toContain('loadOlder');
    become({ state: roomOf([message(90, linus)], { atStart: false, asking: 1 }) });
    expect(screen.queryByRole('button', { name: 'Show earlier messages' })).toBeNull();
    expect(screen.getByText('Loading earlier messages …')).toBeTruthy();
  });
});

describe('the transcript of one who reads further up', () => {
  function readUp(more: Partial<RoomPageProps> = {}) {
    const room = setUp(more);
    const scroller = screen.getByRole('region', { name: 'Messages' });
    scroller.scrollTop = -500;
    fireEvent.scroll(scroller);
    return { ...room, scroller };
  }
  const lines = [message(1, linus)];
  const four = [...lines, message(2, linus), message(3, ada), message(4, linus), notice(5, linus, 'disconnect')];

  test('stays, and a pill says how many new messages of others there are', () => {
    const { scroller, become, asked } = readUp();
    become({ state: roomOf(four) });
    expect(scroller.scrollTop).toBe(-500);
    expect(asked).toContain('reads further up');
    fireEvent.click(screen.getByRole('button', { name: '2 new messages' }));
    expect(scroller.scrollTop).toBe(0);
    expect(screen.queryByRole('button', { name: /new message/u })).toBeNull();
    expect(asked.at(-1)).toBe('reads along');
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  test('goes to the bottom with one’s own message, and not when one is settled', () => {
    const old = waiting('c8', failed);
    const { scroller, become } = readUp({ pending: [old, waiting('c3')] });
    become({ state: roomOf(four), pending: [old] });
    expect(scroller.scrollTop).toBe(-500);
    become({ state: roomOf(four), pending: [old, waiting('c9')] });
    expect(scroller.scrollTop).toBe(0);
  });

  test('follows again from 64 pixels above the bottom', () => {
    const { scroller, become } = readUp();
    scroller.scrollTop = -64;
    fireEvent.scroll(scroller);
    become({ state: roomOf(four) });
    expect(screen.queryByRole('button', { name: /new message/u })).toBeNull();
    expect(scroller.scrollTop).toBe(0);
  });
});

describe('the announcer', () => {
  test('says what came since one is here, and nothing of what was there before', () => {
    const { become } = setUp();
    pass(5_000);
    expect(news()).toBe('');
    become({ state: roomOf([message(1, linus), message(2, linus, { text: 'hello' }), message(3, ada)]) });
    pass(500);
    expect(news()).toBe('Linus: hello');
  });

  test('merges a burst', () => {
    const { become } = setUp();
    const lines = [message(1, linus)];
    for (let seq = 2; seq < 12; seq += 1) {
      lines.push(message(seq, linus));
      become({ state: roomOf([...lines]) });
      pass(10);
    }
    pass(500);
    expect(news()).toBe('10 new messages from Linus.');
  });

  test('point 24: says the same words again where they were said again', () => {
    const { become } = setUp();
    const again = [message(1, linus), message(2, linus, { text: 'hello' }), message(3, linus, { text: 'hello' })];
    become({ state: roomOf(again.slice(0, 2)) });
    pass(500);
    const first = screen.getByRole('status', { name: 'News' }).firstChild;
    become({ state: roomOf(again) });
    pass(500);
    expect(news()).toBe('Linus: hello');
    expect(screen.getByRole('status', { name: 'News' }).firstChild).not.toBe(first);
  });

  test('point 24: leaves nothing behind that would be read a second time', () => {
    const { become } = setUp();
    become({ state: roomOf([message(1, linus), message(2, linus)]) });
    pass(500);
    expect(news()).toBe('Linus: text 2');
    pass(10_000);
    expect(news()).toBe('');
  });

  test('point 24: says how many there are where one reads too far up for the newest to be here', () => {
    const { become } = setUp();
    become({ state: roomOf([message(1, linus)], { atEnd: false, heard: 3, last: { seq: 9, id: 'e9' as never } }) });
    pass(500);
    expect(news()).toBe('2 new messages.');
  });

  test('point 24: says once that the connection is away and once that it is back, with what was missed', () => {
    const { become } = setUp();
    become({ link: { kind: 'waiting', since: NOON, until: NOON + 30_000 } });
    pass(2_000);
    pass(500);
    expect(news()).toBe('Connecting …');
    pass(13_000);
    pass(500);
    expect(news()).toMatch(/^No connection\./u);
    const told = screen.getByRole('status', { name: 'News' }).firstChild;
    for (let second = 0; second < 9; second += 1) pass(1_000);
    expect(screen.getByRole('status', { name: 'News' }).firstChild).toBe(told);
    const lines = [1, 2, 3, 4, 5, 6].map((seq) => message(seq, linus));
    become({ link: { kind: 'online' }, state: roomOf(lines) });
    expect(screen.getByText('Back online, 5 new')).toBeTruthy();
    pass(500);
    expect(news()).toBe('Back online. 5 new messages from Linus.');
  });

  test('says once that a message was not taken, and why', () => {
    const { become } = setUp({ pending: [waiting('c9')] });
    become({ pending: [waiting('c9', failed)] });
    pass(500);
    expect(news()).toBe('Not sent. This is not yours to do.');
  });
});
