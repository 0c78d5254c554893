// I7: what a server takes while it is at work has a bound, and when all have gone it gives it back.
import type { Findings } from './findings.ts';
import { pause, until } from './waiting.ts';

export interface Vitals {
  /** Resident, in MB. */
  readonly memoryMb: number;
  /** What its heap holds after a collection, with buffers, in MB. */
  readonly heapMb: number;
  readonly descriptors: number;
  /** The p99 since it was last asked. */
  readonly loopDelayMs: number;
}

export interface Living {
  readonly hasEnded: boolean;
  /** The most that it ever had resident, in MB. */
  readonly peakMb: number;
  vitals(): Promise<Vitals>;
}

/**
 * What may be more than at the start, when nobody is there any more. Memory: the caches of two SQLite connections (32 MB each),
 * the code that was compiled meanwhile, and what the allocator keeps of a load's peak. The heap: 64 answers of 256 kB,
 * which are kept for whoever comes back, and rooms and buckets, which are remembered for a minute and longer.
 * Descriptors: a file of the database that was opened late, and a connection of our own that asks for its health.
 */
const MORE_AT_MOST = { memoryMb: 200, heapMb: 32, descriptors: 6 } as const;
/** A half-open connection is freed 35 s after its last sign (E6). */
const REST_WITHIN_MS = 50_000;
const LOOK_EVERY_MS = 1_000;
const QUIET_MS = 200;

/** Generous: a leak grows with every connection and message, of which there were thousands. */
export function breachesOf(atStart: Vitals, atRest: Vitals): string[] {
  return (['memoryMb', 'heapMb', 'descriptors'] as const).flatMap((sign) => {
    const [most, now] = [atStart[sign] + MORE_AT_MOST[sign], atRest[sign]];
    return now <= most
      ? []
      : [
          `I7: ${sign} was ${Math.round(atStart[sign])}, and is ${Math.round(now)} when all have gone; at most ${Math.round(most)}`,
        ];
  });
}

/** Of all the servers of one fault, which are one program in one configuration. */
export class VitalSigns {
  #atStart: Vitals | undefined;
  /** The worst of each. */
  #atRest: Vitals | undefined;
  #peakMb = 0;
  /** Under the fault. It is printed and not judged: the figure is the machine's as much as the server's. */
  #delayMs = 0;
  readonly #living = new Set<Living>();

  /** When it is ready, before anybody has come. */
  async begin(server: Living): Promise<void> {
    this.#living.add(server);
    if (this.#atStart) return;
    // The delays of its start are forgotten.
    await server.vitals();
    await pause(QUIET_MS);
    this.#atStart = await server.vitals();
  }

  /** Before it is sent a signal, which may be its last. */
  lookAt({ peakMb }: Living): void {
    this.#peakMb = Math.max(this.#peakMb, peakMb);
  }

  /** When all its clients have gone. */
  async expectRest(findings: Findings, servers: readonly Living[] = this.#alive()): Promise<void> {
    for (const server of servers) {
      this.lookAt(server);
      let now = await server.vitals();
      this.#delayMs = Math.max(this.#delayMs, now.loopDelayMs);
      const atStart = this.#atStart ?? now;
      const isAtRest = async () => {
        now = await server.vitals();
        return breachesOf(atStart, now).length === 0;
      };
      await until(isAtRest, REST_WITHIN_MS, LOOK_EVERY_MS);
      findings.broke(...breachesOf(atStart, now));
      this.#atRest = worst(this.#atRest, now);
    }
  }

  /** Before anybody came > when all had gone. Undefined when no server was looked at to its end. */
  get summary(): string | undefined {
    const [start, rest] = [this.#atStart, this.#atRest];
    if (!start || !rest) return undefined;
    const both = (sign: keyof Vitals) => `${Math.round(start[sign])} > ${Math.round(rest[sign])}`;
    return (
      `worst memory ${Math.round(this.#peakMb)} MB; before > after: memory ${both('memoryMb')} MB, heap ${both('heapMb')} MB, ` +
      `${both('descriptors')} descriptors, p99 of the event loop's delay ${both('loopDelayMs')} ms (${Math.round(this.#delayMs)} under the fault)`
    );
  }

  #alive(): Living[] {
    return [...this.#living].filter(({ hasEnded }) => !hasEnded);
  }
}

function worst(one: Vitals | undefined, other: Vitals): Vitals {
  if (!one) return other;
  return {
    memoryMb: Math.max(one.memoryMb, other.memoryMb),
    heapMb: Math.max(one.heapMb, other.heapMb),
    descriptors: Math.max(one.descriptors, other.descriptors),
    loopDelayMs: Math.max(one.loopDelayMs, other.loopDelayMs),
  };
}
