import type { Address } from '../protocol/ids.ts';
import type { BackGesture } from './controls/back-gesture.ts';
import { type Destination, linkTo } from './state/destination.ts';

export interface TabHistoryParts {
  readonly window: Pick<Window, 'history' | 'location' | 'addEventListener'>;
  readonly gesture: Pick<BackGesture, 'takeEntry'> | undefined;
  readonly show: (destination: Destination, address: URL) => void;
}

/** Each room that is shown is an entry of the browser's history, at the address by which it is opened without scripts. */
export class TabHistory {
  readonly #parts: TabHistoryParts;

  constructor(parts: TabHistoryParts) {
    this.#parts = parts;
    parts.window.addEventListener('popstate', () => this.#wentBack());
  }

  readonly go = (to: Destination): void => {
    const { window, gesture, show } = this.#parts;
    const address = new URL(linkTo(to), window.location.href);
    // What lies on top has an entry of its own, which the way back is not to lead to.
    if (gesture?.takeEntry() === true) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
    show(to, address);
  };

  #wentBack(): void {
    const address = new URL(this.#parts.window.location.href);
    const [, page, name = ''] = address.pathname.split('/');
    // The server leads from every spelling to this one before the page is there.
    const room = decoded(name) as Address;
    if (page === 'chat' && room !== '') this.#parts.show({ room }, address);
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
