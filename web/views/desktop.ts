// The browser's own notifications.

/** unable: not in this browser, or not for a page that came without TLS. */
export type Permission = 'unable' | 'unasked' | 'refused' | 'granted';

export interface Notice {
  /** Of several with one tag the browser shows the last. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
}

export interface ShownNotice {
  close(): void;
}

/** What is needed of the window. */
export interface NotifyingWindow {
  readonly isSecureContext: boolean;
  readonly Notification?: Notifying | undefined;
  focus(): void;
}

/** The part of the browser's Notification that is needed. */
interface Notifying {
  readonly permission: NotificationPermission;
  requestPermission(): Promise<NotificationPermission>;
  new (title: string, options: NotificationOptions): ShownNotice & Pick<EventTarget, 'addEventListener'>;
}

export class Desktop {
  readonly #window: NotifyingWindow;
  #isUnable = false;

  constructor(window: NotifyingWindow) {
    this.#window = window;
  }

  get permission(): Permission {
    const { isSecureContext, Notification: its } = this.#window;
    if (its === undefined || !isSecureContext || this.#isUnable) return 'unable';
    if (its.permission === 'granted') return 'granted';
    return its.permission === 'denied' ? 'refused' : 'unasked';
  }

  /** The browser asks; only ever after somebody was told what for, and pressed a button. */
  async ask(): Promise<Permission> {
    if (this.permission === 'unasked') await this.#window.Notification?.requestPermission();
    return this.permission;
  }

  /** Undefined where nothing may be shown. Choosing it brings the page to the front. */
  show({ tag, title, body }: Notice, chosen: () => void): ShownNotice | undefined {
    const { Notification: its } = this.#window;
    if (its === undefined || this.permission !== 'granted') return undefined;
    try {
      // Silent: the sound is ours, and off until it is turned on.
      const shown = new its(title, { tag, body, icon: '/apple-touch-icon.png', silent: true });
      shown.addEventListener('click', () => {
        this.#window.focus();
        shown.close();
        chosen();
      });
      return shown;
    } catch {
      // Phones let only service workers notify.
      this.#isUnable = true;
      return undefined;
    }
  }
}
