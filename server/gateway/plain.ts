import { MAX_DEPTH } from '../../protocol/limits.ts';

/**
 * What a client sent, if it is plain JSON of bounded depth; else undefined, which no schema takes. Binary arrives as a
 * Buffer, and `__proto__` as a key that some readers drop in silence.
 */
export function readPlain(value: unknown): unknown {
  return isPlain(value, MAX_DEPTH) ? value : undefined;
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth - 1));
  if (Object.getPrototypeOf(value) !== Object.prototype || Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((item) => isPlain(item, depth - 1));
}
