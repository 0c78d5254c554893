import type { ReplyTo, RequestName, RequestOf } from '../../protocol/requests.ts';
import type { Ask } from './ask.ts';

interface AskedFor<Name extends RequestName> {
  readonly request: RequestOf<Name>;
  /** Undefined: the connection is lost, or 10 s have passed. */
  readonly answer: (reply: ReplyTo<Name> | undefined) => void;
}
type Asked = { readonly [Name in RequestName]: AskedFor<Name>[] };

/** A connection whose other end is the test itself: it sees each request and answers when it likes. */
export class HandAsk {
  /** What was asked and not taken yet, oldest first. */
  readonly open: RequestName[] = [];
  /** Called for each request as it is emitted. */
  emitted: () => void = () => {};
  readonly #asked: Asked = {
    join: [],
    leave: [],
    message: [],
    edit: [],
    delete: [],
    react: [],
    unreact: [],
    pin: [],
    unpin: [],
    title: [],
    topic: [],
    catchUp: [],
    messages: [],
    pins: [],
    earlier: [],
    mentions: [],
    search: [],
    here: [],
    history: [],
    read: [],
    unread: [],
    typing: [],
    rename: [],
    direct: [],
    rooms: [],
  };

  readonly ask: Ask = (name, request) =>
    new Promise((resolve) => {
      this.emitted();
      this.open.push(name);
      this.#asked[name].push({ request, answer: resolve });
    });

  /** Takes the oldest request, which must be of this name. Throws when it is not. */
  take<Name extends RequestName>(name: Name): AskedFor<Name> {
    const oldest = this.open.shift();
    const asked = oldest === name ? this.#asked[name].shift() : undefined;
    if (!asked) throw new Error(`expected ${name}, and was asked ${oldest ?? 'nothing'}`);
    return asked;
  }
}
