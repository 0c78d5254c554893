import { beforeEach, describe, expect, test } from 'vitest';
import type { MessageEntry } from '../protocol/entries.ts';
import { HandClock, settle } from './connection/hand-clock.ts';
import { Notifier, type NotifierParts } from './notifier.ts';
import { NotifierLater } from './notifier-later.ts';
import { Choices } from './views/choices.ts';
import { EnterKeySetting } from './views/enter-key.ts';
import { ada, linus, message, ROOM } from './views/samples.ts';
import { Settings } from './views/settings.ts';

let clock: HandClock;
let told: string[];

beforeEach(() => {
  localStorage.clear();
  [clock, told] = [new HandClock(), []];
});

function settingsOf(): Settings {
  const storage = () => localStorage;
  const choices = new Choices(document, localStorage);
  const settings = new Settings({
    document,
    storage,
    choices,
    enterKey: new EnterKeySetting(storage),
    changed: () => {},
  });
  settings.notifications.choose('on');
  settings.ofRoom(ROOM).choose('all');
  return settings;
}

/** Notifications are on, and when the code comes is in the test's hands. */
function newLater() {
  const asked: { come: (isLoaded: boolean) => void }[] = [];
  const parts: NotifierParts = {
    clock,
    locks: undefined,
    settings: settingsOf(),
    desktop: {
      show: ({ body }) => {
        told.push(body);
        return undefined;
      },
    },
    ring: () => {},
    about: () => ({ name: 'Tea', isDirect: false, own: new Set([ada.id]), ignored: [] }),
    open: () => {},
  };
  const later = new NotifierLater(
    () =>
      new Promise((resolve, reject) => {
        asked.push({
          come: (isLoaded) => (isLoaded ? resolve(new Notifier(parts)) : reject(new Error('no network'))),
        });
      }),
  );
  return { later, asked };
}

const said = (seq: number): MessageEntry => message(seq, linus, { text: `message ${seq}` });

describe('point 25: the notifier whose code comes later', () => {
  test('is asked for once, when the room has been joined', () => {
    const { later, asked } = newLater();
    later.attend(ROOM);
    expect(asked).toEqual([]);
    for (const _ of ['a drawing', 'the next one']) later.begin();
    later.received(said(1));
    expect(asked).toHaveLength(1);
  });

  test('calls by what came meanwhile', async () => {
    const { later, asked } = newLater();
    later.begin();
    later.received(said(1));
    asked[0]?.come(true);
    await settle();
    await clock.advance(5_000);
    later.received(said(2));
    await clock.advance(5_000);
    expect(told).toEqual(['Linus: message 1', '2 new messages. Linus: message 2']);
  });

  test('calls nobody by what they looked at meanwhile, before or after it came', async () => {
    const { later, asked } = newLater();
    later.begin();
    later.attend(ROOM);
    later.received(said(1));
    later.attend(undefined);
    later.received(said(2));
    later.attend(ROOM);
    asked[0]?.come(true);
    await settle();
    await clock.advance(5_000);
    expect(told).toEqual([]);
  });

  test('is asked for again by the next message where it could not be loaded, and keeps no more than is worth it', async () => {
    const { later, asked } = newLater();
    later.begin();
    later.attend(ROOM);
    asked[0]?.come(false);
    await settle();
    for (let seq = 1; seq <= 150; seq += 1) later.received(said(seq));
    later.attend(undefined);
    later.received(said(151));
    expect(asked).toHaveLength(2);
    asked[1]?.come(true);
    await settle();
    await clock.advance(5_000);
    expect(told).toEqual(['Linus: message 151']);
  });
});
