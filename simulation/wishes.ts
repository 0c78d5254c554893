// What people wanted their messages to be, in the order in which they wanted it.
import type { ClientId } from '../protocol/ids.ts';

export interface Wish {
  /** Undefined: deleted. */
  readonly text: string | undefined;
  readonly clientId: ClientId;
  /** The browser has confirmed that it is kept. */
  isKept: boolean;
}

export interface Said {
  readonly by: string;
  readonly nth: number;
  /** The message itself, then its changes. */
  readonly wishes: Wish[];
  /** More than one page of the person was open: which of two changes came last is not known. */
  isUnclear: boolean;
}

export class Wishes {
  /** By the client id under which it was first sent. */
  readonly said = new Map<ClientId, Said>();
  #nth = 0;

  /** Every text is another one. */
  nextText(by: string): string {
    this.#nth += 1;
    return `${by}#${this.#nth}`;
  }

  say(by: string, text: string, clientId: ClientId): Wish {
    const wish: Wish = { text, clientId, isKept: false };
    this.said.set(clientId, { by, nth: this.said.size, wishes: [wish], isUnclear: false });
    return wish;
  }

  change(message: ClientId, text: string | undefined, clientId: ClientId, isUnclear: boolean): Wish {
    const wish: Wish = { text, clientId, isKept: false };
    const said = this.said.get(message);
    said?.wishes.push(wish);
    if (said && isUnclear) said.isUnclear = true;
    return wish;
  }
}
