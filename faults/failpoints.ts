// Makes chosen functions of the built server throw, stall, or tell that they were called. See failpoint-preload.mjs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pointsIn } from './points-in.mjs';
import type { ServerCall, ServerProcess } from './server-process.ts';
import type { Site } from './site.ts';

const PRELOAD = fileURLToPath(new URL('failpoint-preload.mjs', import.meta.url));

/** `reach` tells of the first call alone. */
export type What = 'throw' | 'stall' | 'tell' | 'reach';

export interface Armed {
  readonly what: What;
  readonly point: string;
  /** From which call on; left out, the first. */
  readonly from?: number;
}

export class Failpoints {
  readonly #file: string;
  readonly #server: string;

  constructor(site: Site) {
    this.#file = join(site.newFolder(), 'failpoints');
    this.#server = dirname(site.program);
    this.arm();
  }

  /** What a server is to be started with. */
  get call(): Required<Pick<ServerCall, 'nodeArguments' | 'environment'>> {
    return { nodeArguments: ['--import', PRELOAD], environment: { SNUG_FAILPOINTS: this.#file } };
  }

  /** These from now on, and none of those before. Throws when there is no such point: the server was changed. */
  arm(...armed: readonly Armed[]): void {
    for (const { point } of armed) if (!this.in(fileOf(point)).includes(point)) throw new Error(`no point is ${point}`);
    writeFileSync(this.#file, armed.map(({ what, from = 1, point }) => `${what} ${from} ${point}\n`).join(''));
  }

  /** The points of one file, as `rooms/join-room`. */
  in(file: string): readonly string[] {
    return pointsIn(file, readFileSync(join(this.#server, `${file}.js`), 'utf8')).filter((name) => name !== undefined);
  }

  /** Those of all files below a folder of the server. */
  below(folder: string): readonly string[] {
    return readdirSync(join(this.#server, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => this.in(join(folder, name.slice(0, -'.js'.length))));
  }
}

/** How often the point has thrown, or told, so far; with what it was called, where that is a text. */
export function callsOf({ stderr }: ServerProcess, { what, point }: Armed): string[] {
  const start = `${what} ${point}`;
  return stderr.split('\n').flatMap((line) => {
    if (line === start) return [''];
    return line.startsWith(`${start}: `) ? [line.slice(start.length + 2)] : [];
  });
}

function fileOf(point: string): string {
  return point.slice(0, point.indexOf(' '));
}
