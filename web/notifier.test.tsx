import { beforeEach, describe, expect, test } from 'vitest';
import type { MessageEntry } from '../protocol/entries.ts';
import type { Address, MemberId, Seq } from '../protocol/ids.ts';
import type { Person } from '../protocol/room.ts';
import { HandClock, settle } from './connection/hand-clock.ts';
import { HandLocks, HandTabLife } from './connection/hand-locks.ts';
import { Notifier } from './notifier.ts';
import { Choices } from './views/choices.ts';
import { Desktop, type NotifyingWindow } from './views/desktop.ts';
import { EnterKeySetting } from './views/enter-key.ts';
import { ada, linus, message, ROOM } from './views/samples.ts';
import { Settings } from './views/settings.ts';

/** The browser, as far as it notifies: what is on its screen, and what was. */
class Screen {
  readonly told: string[] = [];
  readonly open = new Map<string, EventTarget>();
  focused = 0;

  window(permission: NotificationPermission = 'granted'): NotifyingWindow {
    const { told, open } = this;
    class Shown extends EventTarget {
      static readonly permission = permission;
      static readonly requestPermission = () => Promise.resolve(permission);
      readonly #tag: string;
      constructor(title: string, { tag = '', body = '' }: NotificationOptions) {
        super();
        this.#tag = tag;
        told.push(`${title}: ${body}`);
        open.set(tag, this);
      }
      close(): void {
        if (open.get(this.#tag) === this) open.delete(this.#tag);
      }
    }
    return {
      isSecureContext: true,
      Notification: Shown,
      focus: () => (this.focused += 1),
    };
  }
}

const locks = new HandLocks();
let screen: Screen;
let clock: HandClock;
/** A room of its own for each test: nobody gives a lock back. */
let room: Address;
let rooms = 0;

beforeEach(() => {
  localStorage.clear();
  [screen, clock] = [new Screen(), new HandClock()];
  room = `${ROOM}${(rooms += 1)}` as Address;
});

function settingsOf(): Settings {
  const storage = () => localStorage;
  const choices = new Choices(document, localStorage);
  return new Settings({ document, storage, choices, enterKey: new EnterKeySetting(storage), changed: () => {} });
}

/** A tab of one browser, in which notifications are turned on. */
function openTab(more: { ignored?: readonly Person[]; isDirect?: boolean; permission?: NotificationPermission } = {}) {
  const settings = settingsOf();
  settings.notifications.choose('on');
  const opened: Address[] = [];
  const rung: Address[] = [];
  const notifier = new Notifier({
    clock,
    locks: locks.of(new HandTabLife()),
    settings,
    desktop: new Desktop(screen.window(more.permission)),
    ring: () => rung.push(room),
    about: (of) => ({
      name: `#${of}`,
      isDirect: more.isDirect === true,
      own: new Set<MemberId>([ada.id]),
      ignored: more.ignored ?? [],
    }),
    open: (of) => opened.push(of),
  });
  return { notifier, settings, opened, rung };
}

function said(seq: Seq, text: string, more: Partial<MessageEntry> = {}): MessageEntry {
  return message(seq, linus, { room, text, ...more });
}

const mentioning = (seq: Seq, text = 'hello @Ada') => said(seq, text, { mentions: [ada] });

describe('point 25: who looks elsewhere is called', () => {
  test('by what mentions them, until they say otherwise of a room', async () => {
    const { notifier, settings } = openTab();
    notifier.received(said(1, 'hello all'));
    notifier.received(mentioning(2));
    await clock.advance(5_000);
    expect(screen.told).toEqual([`#${room}: Linus: hello @Ada`]);
    settings.ofRoom(room).choose('all');
    notifier.received(said(3, 'and this'));
    await clock.advance(5_000);
    settings.ofRoom(room).choose('none');
    notifier.received(mentioning(4));
    await clock.advance(5_000);
    expect(screen.told.slice(1)).toEqual([`#${room}: 2 new messages. Linus: and this`]);
  });

  test('by whatever is said where two talk', async () => {
    const { notifier } = openTab({ isDirect: true });
    notifier.received(said(1, 'hello you'));
    await clock.advance(5_000);
    expect(screen.told).toHaveLength(1);
  });

  test('not by themselves, not for what they look at, and not before they have turned it on and were asked', async () => {
    const { notifier, settings } = openTab();
    notifier.received(message(1, ada, { room, mentions: [ada] }));
    notifier.attend(room);
    notifier.received(mentioning(2));
    await clock.advance(5_000);
    notifier.attend(undefined);
    settings.notifications.choose('off');
    notifier.received(mentioning(3));
    await clock.advance(5_000);
    settings.notifications.choose('on');
    const asked = openTab({ permission: 'default' });
    asked.notifier.attend(room);
    asked.notifier.attend(undefined);
    asked.notifier.received(mentioning(4));
    await clock.advance(5_000);
    expect(screen.told).toEqual([]);
  });

  test('once for a burst, and soon again only after a pause', async () => {
    const { notifier } = openTab();
    for (const seq of [1, 2, 3]) notifier.received(mentioning(seq, `hello ${seq}`));
    await clock.advance(400);
    expect(screen.told).toEqual([`#${room}: 3 new messages. Linus: hello 3`]);
    notifier.received(mentioning(4, 'are you there?'));
    await clock.advance(2_999);
    expect(screen.told).toHaveLength(1);
    await clock.advance(1);
    expect(screen.told[1]).toBe(`#${room}: 4 new messages. Linus: are you there?`);
    expect(screen.open.size).toBe(1);
  });

  test('without what was written, where that is wanted', async () => {
    const { notifier, settings } = openTab();
    settings.words.choose('hidden');
    notifier.received(mentioning(1));
    await clock.advance(400);
    expect(screen.told).toEqual([`#${room}: Linus mentions you.`]);
  });

  test('not by somebody whom they ignore', async () => {
    const { notifier } = openTab({ ignored: [linus] });
    notifier.received(mentioning(1));
    await clock.advance(5_000);
    expect(screen.told).toEqual([]);
  });

  test('by a sound only where it was turned on, once for a burst', async () => {
    const { notifier, settings, rung } = openTab();
    notifier.received(mentioning(1));
    await clock.advance(5_000);
    expect(rung).toEqual([]);
    settings.sound.choose('on');
    settings.notifications.choose('off');
    for (const seq of [2, 3]) notifier.received(mentioning(seq));
    await clock.advance(5_000);
    expect([rung.length, screen.told.length]).toEqual([1, 1]);
  });

  test('T5: from a room that the tab is not in', async () => {
    const { notifier } = openTab();
    notifier.heard({ kind: 'room', room, messages: 2, mentioned: true });
    notifier.heard({ kind: 'room', room, messages: 0, mentioned: false });
    await clock.advance(400);
    expect(screen.told).toEqual([`#${room}: 2 new messages. You are mentioned.`]);
  });

  test('and comes to the room by choosing what called them', async () => {
    const { notifier, opened } = openTab();
    notifier.received(mentioning(1));
    await clock.advance(400);
    screen.open.get(`snug ${room}`)?.dispatchEvent(new Event('click'));
    expect([screen.focused, opened, screen.open.size]).toEqual([1, [room], 0]);
  });

  test('and nothing of a room stays on the screen once they look at it', async () => {
    const { notifier } = openTab();
    notifier.received(mentioning(1));
    await clock.advance(400);
    notifier.attend(room);
    expect(screen.open.size).toBe(0);
  });
});

describe('point 27: of several tabs of one browser', () => {
  test('one calls', async () => {
    const [one, other] = [openTab(), openTab()];
    for (const { notifier } of [one, other]) notifier.received(mentioning(1));
    await clock.advance(5_000);
    expect(screen.told).toHaveLength(1);
  });

  test('none calls for what somebody looks at in any of them', async () => {
    const [one, other] = [openTab(), openTab()];
    one.notifier.received(mentioning(1));
    await clock.advance(5_000);
    expect([screen.told.length, screen.open.size]).toEqual([1, 1]);
    other.notifier.attend(room);
    await settle();
    expect(screen.open.size).toBe(0);
    for (const { notifier } of [one, other]) notifier.received(mentioning(2));
    await clock.advance(5_000);
    expect(screen.told).toHaveLength(1);
    other.notifier.attend(undefined);
    for (const { notifier } of [one, other]) notifier.received(mentioning(3));
    await clock.advance(5_000);
    expect(screen.told).toHaveLength(2);
  });
});
