// What a person and a room may be called, and what a room is meant by. The reasons stand in PROTOCOL.md, "Names".
import type { Address } from './ids.ts';
import {
  MAX_COMBINING_MARKS,
  NAME_MAX_BYTES,
  NAME_MAX_GRAPHEMES,
  ROOM_NAME_MAX_BYTES,
  ROOM_NAME_MAX_GRAPHEMES,
} from './limits.ts';
import { countBytes, countGraphemes, isBlank, isStorable } from './text.ts';

/** Why a name cannot be used; each is shown beside the field in words (nameProblemText). */
export type NameProblem = 'empty' | 'tooLong' | 'invisible' | 'marks' | 'reserved' | 'path';

export type Named<Name> = { ok: true; name: string; key: Name } | { ok: false; problem: NameProblem };

/** N3. The server keeps what looks like them as well; its table of look-alikes is too large for a browser. */
export const RESERVED_NAMES = ['admin', 'system', 'moderator', 'owner', 'server', 'bot', 'everyone', 'here'] as const;
const RESERVED: ReadonlySet<string> = new Set(RESERVED_NAMES);

/** Controls, bidi, zero width, tags, private use, unassigned, lone surrogates, and letters and signs that draw nothing. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u;
/** The two joiners that belong to an emoji: ZWJ between pictures, the variation selector behind one or within a keycap. */
const EMOJI_JOINERS =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}])\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)/gu;
const STACKED_MARKS = new RegExp(`\\p{M}{${MAX_COMBINING_MARKS + 1}}`, 'u');

/** NFKC, trimmed, runs of white space as one space. */
export function tidyName(raw: string): string {
  // Not \s, which takes the byte order mark for white space: that one is invisible.
  return raw
    .normalize('NFKC')
    .replace(/[\t-\r\p{Zs}]+/gu, ' ')
    .replace(/^ | $/gu, '');
}

/**
 * Equal for names that differ only in case; folding twice is folding once. By way of the capitals, which bring ß and SS, σ and ς
 * together; NFKC before, for letters that are compatible only as capitals, and after, for what folding left decomposed.
 * Without the selector that asks for a picture in colours: nobody sees whether it is there.
 */
export function foldCase(name: string): string {
  const seen = name.replaceAll('\ufe0f', '');
  return seen.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

/** `key` is what makes the name unique in a room, together with the server's skeleton of it. Never throws. */
export function personName(raw: string): Named<string> {
  const name = tidyName(raw);
  const problem = alphabetProblem(raw, name, NAME_MAX_GRAPHEMES, NAME_MAX_BYTES);
  if (problem) return { ok: false, problem };
  const key = foldCase(name);
  if (RESERVED.has(key)) return { ok: false, problem: 'reserved' };
  return { ok: true, name, key };
}

/** `key` is the room's address. Never throws. */
export function roomName(raw: string): Named<Address> {
  const name = tidyName(raw);
  const problem = alphabetProblem(raw, name, ROOM_NAME_MAX_GRAPHEMES, ROOM_NAME_MAX_BYTES);
  if (problem) return { ok: false, problem };
  if (/[/\\?#%]/u.test(name) || name === '.' || name === '..' || name.startsWith('~'))
    return { ok: false, problem: 'path' };
  return { ok: true, name, key: foldCase(name) as Address };
}

/** D1: nobody names a conversation of two. Its address is as hard to guess as an id is. */
const DIRECT = /^~[a-z2-7]{26}$/u;

export function isDirect(address: string): address is Address {
  return DIRECT.test(address);
}

/** What somebody calls a room, in any spelling, as an address; undefined where none can be called so. */
export function addressOf(raw: string): Address | undefined {
  const named = roomName(raw);
  if (named.ok) return named.key;
  const address = named.problem === 'path' ? foldCase(tidyName(raw)) : '';
  return isDirect(address) ? address : undefined;
}

/** Where a room's page is. The address holds none of `/ \ ? # %`, but spaces and letters of every script. */
export function roomPath(address: Address): string {
  return `/chat/${encodeURIComponent(address)}`;
}

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
/** 14 x 5 = 70 syllables: nine of them are 55 bits, which nobody tries out against a server that counts tries. */
const SYLLABLES = 9;
/** A name in three words can be said over the telephone. */
const SYLLABLES_PER_WORD = 3;

/** A room's name that can be spoken and not be guessed. `random` fills an array with numbers fit for secrets. */
export function suggestRoomName(random: (into: Uint32Array<ArrayBuffer>) => Uint32Array): string {
  const syllables = [...random(new Uint32Array(SYLLABLES))].map(syllable);
  const words = Array.from({ length: SYLLABLES / SYLLABLES_PER_WORD }, (_, word) =>
    syllables.slice(word * SYLLABLES_PER_WORD, (word + 1) * SYLLABLES_PER_WORD).join(''),
  );
  return words.join('-');
}

/** Of 32 random bits; that 70 does not divide 2^32 costs less than a millionth of a bit. */
function syllable(number: number): string {
  const vowel = VOWELS.charAt(number % VOWELS.length);
  return CONSONANTS.charAt(Math.floor(number / VOWELS.length) % CONSONANTS.length) + vowel;
}

function alphabetProblem(raw: string, name: string, graphemes: number, bytes: number): NameProblem | undefined {
  if (!isStorable(raw)) return 'invisible';
  if (raw.length > 4 * bytes || isLonger(name, graphemes, bytes)) return 'tooLong';
  // Folding may make it longer (ß becomes ss), and what is stored and linked to is the folded form.
  if (isLonger(foldCase(name), graphemes, bytes)) return 'tooLong';
  if (name === '') return 'empty';
  if (isBlank(name) || INVISIBLE.test(name.replace(EMOJI_JOINERS, ''))) return 'invisible';
  if (STACKED_MARKS.test(name.normalize('NFD'))) return 'marks';
  return undefined;
}

function isLonger(name: string, graphemes: number, bytes: number): boolean {
  // A grapheme has at least one code unit: short names need no counting, which is slow.
  return countBytes(name) > bytes || (name.length > graphemes && countGraphemes(name, graphemes) > graphemes);
}

/** In words, for people: what is wrong and what to do. `what` is "name" or "room name". */
export function nameProblemText(problem: NameProblem, what: 'name' | 'room name'): string {
  const most = what === 'name' ? NAME_MAX_GRAPHEMES : ROOM_NAME_MAX_GRAPHEMES;
  switch (problem) {
    case 'empty':
      return what === 'name' ? 'Please give a name.' : 'Please give a room.';
    case 'tooLong':
      return `This ${what} is too long: ${most} characters at most.`;
    case 'invisible':
      return `This ${what} has characters that cannot be seen. Please type it again without them.`;
    case 'marks':
      return `This ${what} has too many marks on one letter: ${MAX_COMBINING_MARKS} at most.`;
    case 'reserved':
      return 'This name is kept for the room itself. Please take another.';
    case 'path':
      return 'A room name cannot have / \\ ? # % in it, be . or .., or begin with ~.';
  }
}
