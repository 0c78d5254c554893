// What can be seen of the page where it is not in front: its title, its icon, and the badge of the app.

const ICON = 'link[rel="icon"]';
const QUIET_ICON = '/favicon.svg';
const UNREAD_ICON = '/favicon-unread.svg';
/** Nobody reads a larger number off a tab; as the lists of unread messages (UNREAD_MAX). */
const MOST_SHOWN = 99;

/** Only installed apps have a badge, and not in every browser. */
export interface Badge {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
}

/** `room` as people call it: "#tea", or the other one of two. */
export function tabTitle(room: string, unread: number): string {
  const count = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
  return `${unread > 0 ? `(${count}) ` : ''}${room} · Snug`;
}

/** Point 25: "(3) #room", and a dot. The document is touched only where something is another one. */
export class TabFace {
  readonly #document: Document;
  readonly #badge: Badge;
  #badged = 0;

  constructor(document: Document, badge: Badge) {
    this.#document = document;
    this.#badge = badge;
  }

  show(room: string, unread: number): void {
    const title = tabTitle(room, unread);
    if (this.#document.title !== title) this.#document.title = title;
    const icon = this.#document.querySelector(ICON);
    const href = unread > 0 ? UNREAD_ICON : QUIET_ICON;
    if (icon?.getAttribute('href') !== href) icon?.setAttribute('href', href);
    this.#showBadge(unread);
  }

  #showBadge(unread: number): void {
    if (unread === this.#badged) return;
    this.#badged = unread;
    const shown = unread > 0 ? this.#badge.setAppBadge?.(unread) : this.#badge.clearAppBadge?.();
    // Forbidden in a page that is no app: the title and the icon say it too.
    shown?.catch(() => {});
  }
}
