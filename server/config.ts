// Everything that can be set from outside, read once. No other file looks at the environment.
import { isIP } from 'node:net';
import type { Limits } from './limits/limits.ts';
import { readLimits } from './limits/read-limits.ts';

/** All in milliseconds. What each is for stands in its line of VARIABLES. */
export interface Times {
  readonly pingMs: number;
  readonly pingTimeoutMs: number;
  readonly connectMs: number;
  readonly requestMs: number;
  readonly graceMs: number;
  readonly leaseMs: number;
  readonly reapMs: number;
  readonly drainMs: number;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface Config {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Relative to the folder that the program was started in. */
  readonly dataFolder: string;
  /** Exact, as browsers send them; empty: this machine under its own addresses. */
  readonly origins: readonly string[];
  /** Addresses and ranges whose X-Forwarded-* headers are believed. */
  readonly proxies: readonly string[];
  /** Undefined: none on rates and connections is kept. */
  readonly limits: Limits | undefined;
  readonly logLevel: LogLevel;
  readonly times: Times;
}

/** A variable has a value that cannot be used. The message names it and says what would do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface Variable<Value> {
  readonly name: string;
  /** As one would write it in the environment. */
  readonly default: string;
  readonly sentence: string;
  /** Throws a sentence that ends what the name and the value begin: "PORT is "x": …". */
  readonly parse: (text: string) => Value;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const PROXY_WORDS = ['loopback', 'linklocal', 'uniquelocal'];
/** Beyond this a timer of Node fires at once. */
const LONGEST_MS = 2_147_483_647;

const TABLE = {
  port: {
    name: 'PORT',
    default: '5000',
    sentence: 'The port to listen on; 0 takes any free one.',
    parse: wholeNumber(0, 65_535),
  },
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    sentence: 'The address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for everybody who can reach it.',
    parse: anyWord,
  },
  dataFolder: {
    name: 'SNUG_DATA',
    default: './data',
    sentence: 'The folder of the database; made when it is not there.',
    parse: anyWord,
  },
  origins: {
    name: 'SNUG_ORIGINS',
    default: '',
    sentence:
      'The addresses under which people open Snug behind a name, with commas, as https://chat.example.org; empty: this machine under its own addresses.',
    parse: (text) => wordsOf(text).map(originOf),
  },
  proxies: {
    name: 'SNUG_PROXIES',
    default: '',
    sentence:
      'Addresses or ranges of the proxies in front, with commas; only their X-Forwarded-* headers are believed. The words loopback, linklocal and uniquelocal stand for ranges.',
    parse: (text) => wordsOf(text).map(proxyOf),
  },
  limits: {
    name: 'SNUG_LIMITS',
    default: 'on',
    sentence:
      'on; off, for load tests only, which turns all limits on rates and connections off; or those that are to be others, as in sends=10/40,connectionsOfAddress=3000. docs/safety.md lists them.',
    parse: readLimits,
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'info',
    sentence: 'How much is logged (JSON lines on stderr): fatal, error, warn, info, debug, trace or silent.',
    parse: oneOf(LOG_LEVELS),
  },
} as const satisfies { [Key in Exclude<keyof Config, 'times'>]: Variable<Config[Key]> };

const TIMES = {
  pingMs: time('SNUG_PING_MS', 20_000, 50, 'How often a quiet connection is asked whether it is still there, in ms.'),
  pingTimeoutMs: time('SNUG_PING_TIMEOUT_MS', 15_000, 50, 'How long its answer may take before it is cut, in ms.'),
  connectMs: time('SNUG_CONNECT_MS', 10_000, 50, 'How long a new connection has to say what it wants, in ms.'),
  requestMs: time('SNUG_REQUEST_MS', 10_000, 50, 'How long an HTTP request may take to arrive, in ms.'),
  graceMs: time(
    'SNUG_GRACE_MS',
    10_000,
    0,
    'How long a member whose last tab has closed may stay away before the room is told, in ms.',
  ),
  leaseMs: time(
    'SNUG_LEASE_MS',
    15_000,
    100,
    'How long a server that fell silent still speaks for its members, in ms; it says so five times as often.',
  ),
  reapMs: time('SNUG_REAP_MS', 10_000, 0, 'How long after that others wait before they tell the rooms, in ms.'),
  drainMs: time(
    'SNUG_DRAIN_MS',
    4_000,
    0,
    'How long a server that is told to stop takes to let its connections go, in ms.',
  ),
} as const satisfies { [Key in keyof Times]: Variable<number> };

/** In the order of the README's table. */
export const VARIABLES: readonly Variable<unknown>[] = [...Object.values(TABLE), ...Object.values(TIMES)];

/** Throws ConfigError. A variable that is set to nothing counts as not set. */
export function readConfig(env: Environment = process.env): Config {
  const read = <Value>(variable: Variable<Value>): Value => readVariable(variable, env);
  return Object.freeze({
    port: read(TABLE.port),
    host: read(TABLE.host),
    dataFolder: read(TABLE.dataFolder),
    origins: read(TABLE.origins),
    proxies: read(TABLE.proxies),
    limits: read(TABLE.limits),
    logLevel: read(TABLE.logLevel),
    times: Object.freeze({
      pingMs: read(TIMES.pingMs),
      pingTimeoutMs: read(TIMES.pingTimeoutMs),
      connectMs: read(TIMES.connectMs),
      requestMs: read(TIMES.requestMs),
      graceMs: read(TIMES.graceMs),
      leaseMs: read(TIMES.leaseMs),
      reapMs: read(TIMES.reapMs),
      drainMs: read(TIMES.drainMs),
    }),
  });
}

function readVariable<Value>(variable: Variable<Value>, env: Environment): Value {
  const text = env[variable.name]?.trim() || variable.default;
  try {
    return variable.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'this cannot be used';
    throw new ConfigError(
      `${variable.name} is ${JSON.stringify(text)}: ${why}. Left out, it is ${shown(variable.default)}.`,
    );
  }
}

function shown(value: string): string {
  return value === '' ? 'empty' : value;
}

function time(name: string, standard: number, least: number, sentence: string): Variable<number> {
  return { name, default: String(standard), sentence, parse: wholeNumber(least, LONGEST_MS) };
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new Error(`it must be a whole number from ${least} to ${most}`);
  };
}

function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((known) => known === text.toLowerCase());
    if (word !== undefined) return word;
    throw new Error(`it must be one of ${words.join(', ')}`);
  };
}

function anyWord(text: string): string {
  return text;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/u).filter((word) => word !== '');
}

function originOf(word: string): string {
  const url = URL.canParse(word) ? new URL(word) : undefined;
  const isOrigin = url && /^https?:$/u.test(url.protocol) && url.href === `${url.origin}/` && url.hostname !== '';
  if (!isOrigin)
    throw new Error(`${JSON.stringify(word)} is not an address like https://chat.example.org, without a path`);
  return url.origin;
}

function proxyOf(word: string): string {
  if (PROXY_WORDS.includes(word)) return word;
  const [address = '', bits, ...more] = word.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const isRange = bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
  if (version !== 0 && isRange && more.length === 0) return word;
  throw new Error(`${JSON.stringify(word)} is not an address like 10.0.0.7 or a range like 10.0.0.0/8`);
}
