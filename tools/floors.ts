// The lowest versions of packages in which the holes that are known have been closed, wherever in the tree they stand.

export interface Floor {
  readonly name: string;
  readonly version: string;
  /** What an older one lets somebody do. */
  readonly why: string;
}

export const FLOORS: readonly Floor[] = [
  // An override in package.json: socket.io 4.8.4 asks for 8.21.
  {
    name: 'ws',
    version: '8.23.0',
    why: 'one connection that sends pings and never reads grows the server without end',
  },
  {
    name: 'engine.io',
    version: '6.6.12',
    why: 'invalid requests of polling can stop the server (CVE-2026-59725 and later)',
  },
  {
    name: 'socket.io-parser',
    version: '4.2.7',
    why: 'a packet may announce attachments without end, which are waited for',
  },
  { name: 'cookie', version: '0.7.0', why: 'a name or a path of a cookie can set other fields of it (CVE-2024-47764)' },
  { name: 'find-my-way', version: '9.0.1', why: 'an address can take seconds to be matched (CVE-2024-45813)' },
  { name: 'fastify', version: '5.3.2', why: 'a content type in another spelling is not checked (CVE-2025-32442)' },
];

/** What stands in package-lock.json of each place in node_modules. */
export type Places = Readonly<Record<string, { readonly version?: string }>>;

/** Clients of their time, for tests alone: they talk to our own server and to nobody else. */
const OLD_ON_PURPOSE = 'node_modules/socket.io-client-3/';

/** A sentence for each place with a version below its floor, and for each floor that nothing stands on. */
export function belowFloors(places: Places, floors: readonly Floor[] = FLOORS): string[] {
  return floors.flatMap((floor) => {
    const found = Object.entries(places).filter(
      ([place]) => place.endsWith(`node_modules/${floor.name}`) && !place.startsWith(OLD_ON_PURPOSE),
    );
    if (found.length === 0) return [`${floor.name} is not used any more: take its line out of tools/floors.ts.`];
    return found.flatMap(([place, { version = '0' }]) =>
      isBelow(version, floor.version)
        ? [`${place} is ${version}, below its floor ${floor.version}: in older ones ${floor.why}.`]
        : [],
    );
  });
}

/** A pre-release is below what it precedes. */
function isBelow(version: string, floor: string): boolean {
  const [numbers = '', before] = version.split('+')[0]?.split('-', 2) ?? [];
  const [a, b] = [numbers, floor].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (Number.isNaN(difference) || difference < 0) return true;
    if (difference > 0) return false;
  }
  return before !== undefined;
}
