// H9: what one more device comes to a session by. A link that a camera reads, or a few characters that are typed.
import { createHash, randomBytes } from 'node:crypto';
import type { CodeHashes } from './store/devices.ts';

/** Crockford's 32: none is taken for another, for those that would be (I, L, O) are read as what they look like. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALL_OF_ALPHABET = new RegExp(`^[${ALPHABET}]+$`, 'u');
/** 130 bits: it may lie in a history or a message until somebody finds it. */
const LINK_CHARACTERS = 26;
/**
 * 40 bits. They last 10 minutes, in which an address has 150 tries (`codes`). The 5,000 addresses that are counted apart
 * would find one of a hundred open codes in one of 15,000 such floods. From its hash a thief of the database has it at once, and by it nothing
 * that is not in there too, ten minutes long.
 */
const TYPED_CHARACTERS = 8;
/** Whatever somebody puts between them, or pastes along. */
const MOST_TYPED = 100;

export interface Code {
  /** As it stands in the link. */
  readonly link: string;
  /** As it is shown: XXXX-XXXX. */
  readonly typed: string;
}

export function newCode(): Code {
  const typed = randomCharacters(TYPED_CHARACTERS);
  const half = TYPED_CHARACTERS / 2;
  return {
    link: randomCharacters(LINK_CHARACTERS).toLowerCase(),
    typed: `${typed.slice(0, half)}-${typed.slice(half)}`,
  };
}

export function hashesOf({ link, typed }: Code): CodeHashes {
  return { linkHash: hashOf(plain(link)), typedHash: hashOf(plain(typed)) };
}

/** What the store knows it by, of either form, however it was written; undefined where it cannot be one. */
export function hashCode(text: string): string | undefined {
  if (text.length > MOST_TYPED) return undefined;
  const code = plain(text);
  const isCode = (code.length === LINK_CHARACTERS || code.length === TYPED_CHARACTERS) && ALL_OF_ALPHABET.test(code);
  return isCode ? hashOf(code) : undefined;
}

function plain(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}]/gu, '')
    .replaceAll(/[IL]/gu, '1')
    .replaceAll('O', '0');
}

/** 32 divides 256: each is as likely as another. */
function randomCharacters(count: number): string {
  return [...randomBytes(count)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** The prefix, which no token has, keeps a code from ever being a cookie's token. */
function hashOf(code: string): string {
  return createHash('sha256').update(`code:${code}`).digest('base64url');
}
