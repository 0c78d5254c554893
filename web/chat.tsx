// The chat page's script.
import './styles/layers.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/people-hues.css';
import './styles/controls.css';
import './styles/dialog.css';
import './styles/menu.css';
import './styles/navigation-bar.css';
import './styles/notice-page.css';
import './styles/room.css';
import './styles/connection-bar.css';
import './styles/transcript.css';
import './styles/reading.css';
import './styles/message.css';
import './styles/message-acts.css';
import './styles/text.css';
import './styles/code.css';
import './styles/composer.css';
import './styles/completion.css';
import './styles/format.css';
import './styles/start-card.css';
import './styles/people.css';
import './styles/rooms.css';
import './styles/switcher.css';
import './styles/settings.css';
import './styles/density.css';
import './styles/search.css';
import { render } from 'preact';
import type { Address } from '../protocol/ids.ts';
import { Attention } from './attention.ts';
import { newClientId } from './client-id.ts';
import { ChatSocket } from './connection/chat-socket.ts';
import { wallClock } from './connection/clock.ts';
import { IdbOutboxStorage } from './connection/idb-outbox-storage.ts';
import { askToPersist } from './connection/persistence.ts';
import { BackGesture, BackGestureContext } from './controls/back-gesture.ts';
import type { NotifierParts } from './notifier.ts';
import { NotifierLater } from './notifier-later.ts';
import { factsOf, titleOf, unreadElsewhere } from './room-facts.ts';
import { roomName } from './state/room-name.ts';
import { Tab, type TabParts } from './tab.ts';
import { TabHistory } from './tab-history.ts';
import { readPage } from './tab-member.ts';
import { keepAboveKeyboard } from './views/above-keyboard.ts';
import { isAttended, watchAttention } from './views/attention.ts';
import { Choices } from './views/choices.ts';
import { Desktop } from './views/desktop.ts';
import { EnterKeySetting } from './views/enter-key.ts';
import { oncePerFrame } from './views/redraw.tsx';
import { ring } from './views/ring.ts';
import { Settings } from './views/settings.ts';
import { Surroundings } from './views/surroundings.tsx';
import { TabFace } from './views/tab-face.ts';
import { TabPage } from './views/tab-page.tsx';

function start(root: HTMLElement): void {
  const isTouch = matchMedia('(hover: none) and (pointer: coarse)');
  // As in people.css: from here on the list of people stands beside the transcript.
  const isWide = matchMedia('(min-width: 64rem)');
  const redraw = oncePerFrame(() => draw());
  const texts = { ...lazily(() => localStorage), keys: () => Object.keys(localStorage) };
  // Missing where a page came without TLS from another machine.
  const locks = 'locks' in navigator ? navigator.locks : undefined;
  const choices = new Choices(document, texts);
  const enterKey = new EnterKeySetting(() => localStorage, redraw);
  const settings = new Settings({ document, storage: () => localStorage, choices, enterKey, changed: redraw });
  const desktop = new Desktop(window);
  const about = (room: Address) => factsOf(room, tab.shown, texts);
  const open = (room: Address): void => go({ room, title: titleOf(room, tab.shown) });
  const notifier = notifierLater({ clock: wallClock, locks, settings, desktop, ring, about, open });
  const attention = new Attention({ face: new TabFace(document, navigator), isAttended, notifier });
  const tab = new Tab({
    connect: (events) =>
      new ChatSocket({ origin: '', clock: wallClock, random: Math.random, events: attention.listening(events) }),
    page: readPage(root),
    loadOtherRooms,
    address: new URL(location.href),
    clock: wallClock,
    random: Math.random,
    newClientId,
    storage: new IdbOutboxStorage('snug', () => void askToPersist(navigator)),
    texts,
    tab: lazily(() => sessionStorage),
    locks,
    isSeen: document.visibilityState === 'visible',
    changed: redraw,
  });
  const gesture = isTouch.matches ? new BackGesture(window) : undefined;
  const { go } = new TabHistory({
    window,
    gesture,
    show: ({ room, title }, address) => tab.show(room, address, title),
  });
  const draw = (): void => {
    const { shown } = tab;
    const { state } = shown.room;
    const here = { room: state.room, name: roomName(state) };
    attention.show(state, unreadElsewhere(shown, settings));
    render(
      <BackGestureContext.Provider value={gesture}>
        <Surroundings {...{ settings, desktop, isTouch: isTouch.matches, here }}>
          <TabPage {...shown} {...{ enterKey, choices, go }} isTouch={isTouch.matches} isWide={isWide.matches} />
        </Surroundings>
      </BackGestureContext.Provider>,
      root,
    );
  };
  draw();
  for (const device of [isTouch, isWide]) device.addEventListener('change', draw);
  watchAttention(draw);
  keepAboveKeyboard(window);
  listen(tab, settings);
  tab.open();
}

// Both lie in the file `later` (vite.config.ts).
function notifierLater(parts: NotifierParts): NotifierLater {
  return new NotifierLater(() => import('./notifier.ts').then(({ Notifier }) => new Notifier(parts)));
}

const loadOtherRooms: TabParts['loadOtherRooms'] = () => import('./other-rooms.ts').then((loaded) => loaded.OtherRooms);

function listen(tab: Tab, settings: Settings): void {
  addEventListener('online', () => tab.networkChanged(true));
  addEventListener('offline', () => tab.networkChanged(false));
  addEventListener('storage', ({ key }) => {
    settings.keptElsewhere(key);
    tab.keptElsewhere(key, document.hasFocus() && document.activeElement?.tagName === 'TEXTAREA');
  });
  addEventListener('pagehide', () => tab.hidden());
  addEventListener('pageshow', () => tab.seen());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') tab.hidden();
    else tab.seen();
  });
}

/** Where storage is forbidden its very name throws: here only the one who uses it meets that, and bears it. */
function lazily(storage: () => Storage): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  return {
    getItem: (key) => storage().getItem(key),
    setItem: (key, value) => storage().setItem(key, value),
    removeItem: (key) => storage().removeItem(key),
  };
}

const root = document.querySelector<HTMLElement>('#chat');
if (root !== null) start(root);
