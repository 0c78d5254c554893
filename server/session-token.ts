// What proves who somebody is: random, kept by the client, and known to the store as a hash alone.
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Told from a session's by its form: of those that name no session, the token of one that ended must begin none. */
const VISITOR_TOKEN = /^new\.[A-Za-z0-9_-]{43}$/;

/** 256 random bits in base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** For a browser that has no session yet: it opens nothing, but tells a form that is sent again from another's. */
export function newVisitorToken(): string {
  return `new.${newToken()}`;
}

/** What the store knows a cookie's token by. */
export function hashToken(token: string): string {
  return sha256(token);
}

/** What the store knows a script's key by. The prefix, which no token has, keeps a key from ever being a cookie's token. */
export function hashKey(key: string): string {
  return sha256(`key:${key}`);
}

/** Cookies know no ports: without the port in it, two servers on one machine would overwrite each other's. */
export function cookieName(port: number, isSecure: boolean): string {
  return isSecure ? `__Host-snug-${port}` : `snug-${port}`;
}

/** The token in a Cookie header; undefined where there is none, or one that we never made. */
export function tokenIn(header: string | undefined, name: string): string | undefined {
  const value = valueIn(header, name);
  return value !== undefined && TOKEN.test(value) ? value : undefined;
}

/** As tokenIn, of a visitor without a session. */
export function visitorTokenIn(header: string | undefined, name: string): string | undefined {
  const value = valueIn(header, name);
  return value !== undefined && VISITOR_TOKEN.test(value) ? value : undefined;
}

function valueIn(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals >= 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
