import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** A line of /proc/net/tcp that is of an open connection: both ends, and in hex what is not acknowledged and what not read. */
const LINE = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) 01 ([0-9A-F]{8}):([0-9A-F]{8})/gmu;

/** How many bytes the kernel holds for each connection of this machine, by its ports. */
export class KernelQueues {
  readonly #sending = new Map<string, number>();
  readonly #unread = new Map<string, number>();

  /** Undefined where the kernel does not tell: Linux alone does. */
  static read(): KernelQueues | undefined {
    try {
      return new KernelQueues(readFileSync('/proc/net/tcp', 'utf8'));
    } catch {
      return undefined;
    }
  }

  constructor(table: string) {
    for (const [, here = '', there = '', sending = '', unread = ''] of table.matchAll(LINE)) {
      const ends = `${Number.parseInt(here, 16)} ${Number.parseInt(there, 16)}`;
      this.#sending.set(ends, Number.parseInt(sending, 16));
      this.#unread.set(ends, Number.parseInt(unread, 16));
    }
  }

  /** On its way to this end, whose program has not read it yet; undefined when one of the ends is not open any more. */
  towards({ localPort = 0, remotePort = 0 }: Pick<Socket, 'localPort' | 'remotePort'>): number | undefined {
    const sending = this.#sending.get(`${remotePort} ${localPort}`);
    const unread = this.#unread.get(`${localPort} ${remotePort}`);
    return sending === undefined || unread === undefined ? undefined : sending + unread;
  }
}
