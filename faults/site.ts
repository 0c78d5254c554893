// Where a fault is tried: its folders, its chance, and everything it started, put away at the end.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dice } from '../simulation/dice.ts';
import { VitalSigns } from './vitals.ts';
import { within } from './waiting.ts';

const PUT_AWAY_WITHIN_MS = 70_000;

type PutAway = () => unknown;

export interface SiteParts {
  /** The built program: its main.js. */
  readonly program: string;
  readonly seed: number;
  /** Shorter times and fewer clients, for `npm run test:all`. */
  readonly isQuick: boolean;
  readonly say: (line: string) => void;
}

export class Site {
  readonly program: string;
  readonly isQuick: boolean;
  readonly dice: Dice;
  readonly say: (line: string) => void;
  readonly vitals = new VitalSigns();
  readonly #putAways: PutAway[] = [];
  readonly #guests: PutAway[] = [];

  constructor({ program, seed, isQuick, say }: SiteParts) {
    this.program = program;
    this.isQuick = isQuick;
    this.dice = new Dice(seed);
    this.say = say;
  }

  /** Called when the fault has been tried, last ones first. */
  atEnd(putAway: PutAway): void {
    this.#putAways.push(putAway);
  }

  /** Called before all these, while the servers still run. */
  atLeaving(leave: PutAway): void {
    this.#guests.push(leave);
  }

  newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'snug-fault-'));
    this.atEnd(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  async sendHome(): Promise<void> {
    await this.#all(this.#guests);
  }

  async close(): Promise<void> {
    await this.sendHome();
    await this.#all(this.#putAways);
  }

  /** Whatever one of them throws. */
  async #all(putAways: PutAway[]): Promise<void> {
    for (let putAway = putAways.pop(); putAway; putAway = putAways.pop()) {
      try {
        await within(PUT_AWAY_WITHIN_MS, 'putting away', Promise.resolve(putAway()));
      } catch (error) {
        this.say(`could not put away: ${String(error)}`);
      }
    }
  }
}

/** Below those that systems give to whoever connects: one of them would be taken while the server is away. */
const PORTS = [15_000, 30_000] as const;

/** One that nobody uses: a server that comes back must be where its clients look for it. */
export async function freePort(): Promise<number> {
  for (let port = randomInt(...PORTS); ; port = randomInt(...PORTS)) if (await isFree(port)) return port;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
