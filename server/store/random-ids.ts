import { randomFillSync } from 'node:crypto';

/** Lower case and digits only: an id is one word of the search index, and stands in URLs as it is. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** Five bits each: 130. */
const ID_LENGTH = 26;
/** A call for random bytes costs more than the id it is for; 4 kB are 157 ids. */
const POOL_BYTES = 4_096;

/** Makes unguessable ids of 26 characters, a to z and 2 to 7. */
export function randomIds(): () => string {
  const pool = new Uint8Array(POOL_BYTES);
  let next = POOL_BYTES;
  return () => {
    if (next + ID_LENGTH > POOL_BYTES) {
      randomFillSync(pool);
      next = 0;
    }
    let id = '';
    for (const end = next + ID_LENGTH; next < end; next += 1) id += ALPHABET[(pool[next] ?? 0) & 31];
    return id;
  };
}
