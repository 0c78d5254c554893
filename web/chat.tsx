// The chat page's script.
import './styles/layers.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/people-hues.css';
import './styles/controls.css';
import './styles/navigation-bar.css';
import './styles/notice-page.css';
import './styles/room.css';
import './styles/connection-bar.css';
import './styles/transcript.css';
import './styles/message.css';
import './styles/composer.css';
import './styles/people.css';
import { render } from 'preact';
import { newClientId } from './client-id.ts';
import { wallClock } from './connection/clock.ts';
import { IdbOutboxStorage } from './connection/idb-outbox-storage.ts';
import { RoomTab } from './room-tab.ts';
import { readPage } from './tab-member.ts';
import { oncePerFrame } from './views/redraw.tsx';
import { RoomPage } from './views/room-page.tsx';

function start(root: HTMLElement): void {
  const isTouch = matchMedia('(hover: none) and (pointer: coarse)');
  // As in people.css: from here on the list of people stands beside the transcript.
  const isWide = matchMedia('(min-width: 64rem)');
  const tab = new RoomTab({
    page: readPage(root),
    address: new URL(location.href),
    clock: wallClock,
    random: Math.random,
    newClientId,
    storage: new IdbOutboxStorage(),
    texts: lazily(() => localStorage),
    tab: lazily(() => sessionStorage),
    // Missing where a page came without TLS from another machine.
    locks: 'locks' in navigator ? navigator.locks : undefined,
    changed: oncePerFrame(() => draw()),
  });
  const draw = (): void => {
    const { shown, actions } = tab;
    document.title = `${shown.state.title} · Snug`;
    render(<RoomPage {...shown} isTouch={isTouch.matches} isWide={isWide.matches} actions={actions} />, root);
  };
  draw();
  listen(tab);
  tab.open();
}

function listen(tab: RoomTab): void {
  addEventListener('online', () => tab.networkChanged(true));
  addEventListener('offline', () => tab.networkChanged(false));
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
