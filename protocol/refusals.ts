// The closed list of what a rule can say no with. A client decides by `then` alone; people read the message.

/**
 * again: the same request, with the same client id, later (`retryAfter` says when, in ms).
 * change: not like this; with something changed it may go.
 * giveUp: not, whatever one does.
 */
export type Then = 'again' | 'change' | 'giveUp';

export const REFUSALS = {
  invalid: { then: 'change', message: 'This request is not of the form the protocol asks for.' },
  tooLong: { then: 'change', message: 'This is too long.' },
  empty: { then: 'change', message: 'There is nothing in it.' },
  unreadable: { then: 'change', message: 'This holds characters that cannot be stored: NUL or half a character.' },
  nameInvalid: { then: 'change', message: 'This name cannot be used.' },
  nameTaken: { then: 'change', message: 'Somebody else here has this name, or one that looks like it.' },
  nameReserved: { then: 'change', message: 'This name is kept for the room itself.' },
  tooMany: { then: 'change', message: 'There are already as many of these as there may be.' },
  notMember: { then: 'change', message: 'You are not in this room. Come in with a name first.' },
  signInAgain: {
    then: 'change',
    message: 'Your session has ended. Give your name again: what this browser still keeps is sent then.',
  },
  outdated: { then: 'change', message: 'This page is older than the server. Reload it; what you wrote is kept.' },
  forbidden: { then: 'giveUp', message: 'This is not yours to do.' },
  notFound: { then: 'giveUp', message: 'There is nothing like this here.' },
  gone: { then: 'giveUp', message: 'This message was deleted.' },
  replaced: { then: 'giveUp', message: 'This was replaced by something newer.' },
  rateLimited: { then: 'again', message: 'That was too fast. It will be sent in a moment.' },
  busy: { then: 'again', message: 'The server has more to do than it can. It will be sent in a moment.' },
  unavailable: {
    then: 'again',
    message: 'The server cannot reach what it remembers with. It will be sent when it can.',
  },
  storageFull: { then: 'again', message: 'The server has no space left. It will be sent when there is some.' },
} as const satisfies Record<string, { then: Then; message: string }>;

export type Code = keyof typeof REFUSALS;

/** What a request is answered with when a rule says no. `retryAfter` in ms, only with codes that say `again`. */
export interface Refused {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
  readonly retryAfter?: number;
}

export function refused(code: Code, retryAfter?: number, message: string = REFUSALS[code].message): Refused {
  return retryAfter === undefined ? { ok: false, code, message } : { ok: false, code, message, retryAfter };
}

/** Unknown codes come from newer servers; they are given up rather than repeated for ever. */
export function whatThen(code: string): Then {
  return Object.hasOwn(REFUSALS, code) ? REFUSALS[code as Code].then : 'giveUp';
}
