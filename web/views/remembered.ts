// What this browser remembers for the login page. It may be forbidden to remember anything: then nothing is remembered.

export interface Remembered {
  readonly name: string;
  /** Rooms as they were typed, newest first. */
  readonly rooms: readonly string[];
}

const KEY = 'snug:login';
/** As many chips as fit two lines of a phone; the server shows as many (server/http/login-facts.ts). */
export const MOST_ROOMS = 6;

export function recall(storage: () => Storage): Remembered {
  try {
    return parse(storage().getItem(KEY));
  } catch {
    return { name: '', rooms: [] };
  }
}

export function remember(storage: () => Storage, name: string, room: string): void {
  const rooms = [room, ...recall(storage).rooms.filter((other) => other !== room)].slice(0, MOST_ROOMS);
  try {
    storage().setItem(KEY, JSON.stringify({ name, rooms }));
  } catch {
    // Forbidden or full: the form works without.
  }
}

// Other pages of this origin, and older versions of this one, may have written anything.
function parse(text: string | null): Remembered {
  const found: unknown = JSON.parse(text ?? '{}');
  if (typeof found !== 'object' || found === null) return { name: '', rooms: [] };
  const name = 'name' in found && typeof found.name === 'string' ? found.name : '';
  const rooms =
    'rooms' in found && Array.isArray(found.rooms) ? found.rooms.filter((room) => typeof room === 'string') : [];
  return { name, rooms };
}
