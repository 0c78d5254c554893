// How often and how many: what one address, session, connection or room may ask of a node. Each is a setting (SNUG_LIMITS);
// docs/safety.md lists them. Sizes, and members of a session, are the protocol's: protocol/limits.ts.
import { TYPING_EVERY_MS } from '../../protocol/limits.ts';

/** A bucket: it holds `burst` tokens, and gets `amount` back every `perMs`. */
export interface Rate {
  readonly amount: number;
  readonly perMs: number;
  readonly burst: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface Limits {
  readonly handshakes: Rate;
  readonly members: Rate;
  readonly rooms: Rate;
  readonly joins: Rate;
  readonly codes: Rate;
  readonly pages: Rate;
  readonly forms: Rate;
  readonly files: Rate;
  readonly visits: Rate;
  readonly packets: Rate;
  readonly sends: Rate;
  readonly reads: Rate;
  readonly searches: Rate;
  readonly returns: Rate;
  readonly typing: Rate;
  readonly entries: Rate;
  readonly connectionsOfAddress: number;
  readonly connectionsOfSession: number;
  readonly socketsOfAddress: number;
  readonly sockets: number;
}

export const LIMITS: Limits = {
  /**
   * New connections of an address; one that was cut costs more (CUT_COSTS). A school or a company is one address: after a
   * restart all of it comes back at once.
   */
  handshakes: { amount: 100, perMs: 10 * SECOND, burst: 500 },
  /** Members that an address makes: a school comes in at once, and nobody fills a disk with names, or asks which are taken. */
  members: { amount: 60, perMs: MINUTE, burst: 300 },
  /** Rooms that an address makes. One without a message is forgotten an hour after its last visit: few are ever kept. */
  rooms: { amount: 30, perMs: HOUR, burst: 30 },
  /** Rooms a session comes to that it is no member of. Coming back is free; trying which rooms there are is not. */
  joins: { amount: 10, perMs: MINUTE, burst: 10 },
  /** Codes to come along by that an address tries (come-along-code.ts): a class with its tablets, some of whom mistype. */
  codes: { amount: 10, perMs: MINUTE, burst: 60 },
  /**
   * Pages an address asks for, and whatever else is no file of ours: a school comes in by three pages each, or all of it reloads
   * two tabs when there is a newer build.
   */
  pages: { amount: 20, perMs: SECOND, burst: 1_000 },
  /** Forms an address sends, whatever is in them: as many as members, and as many again with a mistake, or to come back. */
  forms: { amount: 120, perMs: MINUTE, burst: 600 },
  /** Files of the build that an address asks for: a first visit takes fifteen, a reload after a new build three. */
  files: { amount: 100, perMs: SECOND, burst: 5_000 },
  /** Rooms of a session that /chat is to lead to from then on: each is a write. Beyond it a room is shown all the same. */
  visits: { amount: 20, perMs: MINUTE, burst: 20 },
  /** Packets of a connection, each begun 4 kB of them, and WebSocket's own pings; beyond it is cut. Ours sends a few a second. */
  packets: { amount: 50, perMs: SECOND, burst: 100 },
  /** Messages and changes of a session: nobody types so fast, and what was written without a network goes in seconds. */
  sends: { amount: 5, perMs: SECOND, burst: 20 },
  /** Pages of history and other reads of a session: a reader who scrolls as fast as they can be read. */
  reads: { amount: 5, perMs: SECOND, burst: 10 },
  /** Searches of a session: whoever types sees what is found meanwhile, and the index is read for each. */
  searches: { amount: 2, perMs: SECOND, burst: 5 },
  /** Joins of a session to rooms that it is in: all its connections may lose their network at once, and come back twice. */
  returns: { amount: 5, perMs: SECOND, burst: 60 },
  /** Of a connection (T3): a signal goes to everybody in the room, and our page sends one in 3 s. */
  typing: { amount: 1, perMs: TYPING_EVERY_MS, burst: 1 },
  /** Messages and changes of a room: what its readers' browsers can still draw. */
  entries: { amount: 200, perMs: SECOND, burst: 400 },
  /** Open connections of an address: that school again, with two tabs each. */
  connectionsOfAddress: 1_000,
  /** Open connections of a session: more tabs than anybody keeps, also while the dead ones of a lost network still count. */
  connectionsOfSession: 30,
  /**
   * Open sockets of an address that carry no connection. A browser takes six for a page, and those that have their answer make
   * room. More than the system keeps in line for us (511): none of a herd is closed before it was heard. Half a head of 15 kB
   * takes 21 kB, and no flood by one shall take 30 MB.
   */
  socketsOfAddress: 600,
  /** All open sockets: many systems let a process have 4,096 descriptors, and files need some. */
  sockets: 4_000,
};

/** Handshakes: else whoever is cut for sending too much would begin again with full buckets ten times a second. */
export const CUT_COSTS = 20;

export type LimitName = keyof Limits;
/** What the log tells of: the limits, and what no setting turns off. */
export type Reached = LimitName | 'memory';
export type RateName = { [Name in LimitName]: Limits[Name] extends Rate ? Name : never }[LimitName];
