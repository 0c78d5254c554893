// What both sides keep. Each number is a bound on what a peer can make the other hold, and says why it is what it is.

const KB = 1024;

/** What people call themselves: long enough for any real name, short enough for one line on a phone. */
export const NAME_MAX_GRAPHEMES = 32;
/** 32 graphemes of four bytes; a grapheme alone can be hundreds of bytes long. */
export const NAME_MAX_BYTES = 128;
export const ROOM_NAME_MAX_GRAPHEMES = 64;
export const ROOM_NAME_MAX_BYTES = 200;
/** What a room is about: two lines on a phone. */
export const TOPIC_MAX_GRAPHEMES = 250;
/** 250 graphemes of four bytes. */
export const TOPIC_MAX_BYTES = KB;
/** Real scripts stack at most three; more is used to draw over the lines above and below. */
export const MAX_COMBINING_MARKS = 3;

/** A page of text. Longer things are files. */
export const TEXT_MAX_GRAPHEMES = 4_000;
/** 4,000 graphemes of four bytes: bounds what one message costs before graphemes are counted. */
export const TEXT_MAX_BYTES = 16 * KB;
/** An emoji with skin tone, hair and a flag is 35 bytes; a reaction is one grapheme. */
export const EMOJI_MAX_BYTES = 64;
/** More kinds than this push the message they belong to off the screen. */
export const MAX_REACTION_KINDS = 20;

/** One request of the outbox. 100 items keep a batch (500) fair to five senders at once. */
export const MAX_ITEMS = 100;
/** Below MAX_PACKET_BYTES with room for the envelope. */
export const MAX_REQUEST_BYTES = 48 * KB;
/** Engine.IO closes a connection that sends more in one packet (its own default is 1 MB). */
export const MAX_PACKET_BYTES = 64 * KB;
/** A request nests objects in arrays in objects; nothing legal is deeper. */
export const MAX_DEPTH = 5;

/** A reply carries at most this many entries *and* bytes (one entry at least). */
export const REPLY_MAX_ENTRIES = 500;
export const REPLY_MAX_BYTES = 256 * KB;
/** More names are in no sentence; each costs a look-up, and everybody meant is told. */
export const MAX_MENTIONS = 20;
/** What is typed into a search box; each word of it costs a look into the index. */
export const SEARCH_MAX_BYTES = KB;
/** Messages found at once, each with its room: a screen of them. */
export const HITS_PAGE = 20;
export const HITS_MAX = 50;
/** What is always to be found of a room; of more nobody finds anything, and a list of them fits two screens. */
export const MAX_PINS = 50;
/** Quoted lines that a screen shows and that are not loaded, asked for together. */
export const MAX_QUOTED = 50;
/** The newest page of a room, and of its history: two to three screens. */
export const PAGE_ENTRIES = 50;
export const PAGE_MAX_ENTRIES = 100;
/** `join` with `after` starts over with the newest page beyond this distance: nobody scrolls through it unread. */
export const JOIN_MAX_MISSED = 500;
/** Unread counts stop here: "99+" is all that a list can show. */
export const UNREAD_MAX = 100;
/** Entries that came too early wait in the browser up to this many; the answer to its question brings the others. */
export const MAX_HELD_ENTRIES = 200;

/** A second tab with a second name is everybody's first try; five is a family on one laptop. */
export const MAX_MEMBERS_PER_ROOM = 5;
export const MAX_MEMBERS_PER_SESSION = 200;
/** Phone, tablet, laptop, each with a browser or two: a list of more is read by nobody, and so finds no thief. */
export const MAX_DEVICES_PER_SESSION = 10;
/** One mistyped, one shown on the wrong screen, one that is used. */
export const MAX_OPEN_CODES = 3;
/** Long enough to find the other device and type eight characters; too short to be found in a pocket later. */
export const CODE_LASTS_MS = 10 * 60_000;

/** With more in a room nobody reads who comes and goes, and each who does costs as many deliveries as there are people. */
export const NOTICES_STOP_ABOVE = 200;
/** So far below that two who come and go at the bound do not switch them off and on. */
export const NOTICES_START_BELOW = 150;
/** Of the list of people: more than any screen shows at once. */
export const PEOPLE_PAGE = 100;
/** How many are here is told at most once in this time, where nobody is told who comes and goes. */
export const COUNT_EVERY_MS = 1_000;

/** Of a room that one is not in: what was said there is told at most once in this time. */
export const NEWS_EVERY_MS = 1_000;

/** A connection may say once in this time that somebody types. */
export const TYPING_EVERY_MS = 1_000;

/** A script's key: 128 bits at least when written in base 64; what nobody types, nobody guesses. */
export const KEY_MIN_CHARACTERS = 22;
export const KEY_MAX_CHARACTERS = 128;
