// What somebody has written: kept until it is settled, one request after the other (S2), under the same ids.
import { randomUUID } from 'node:crypto';
import type { ClientId, Seq } from '../protocol/ids.ts';
import { MAX_ITEMS, MAX_REQUEST_BYTES } from '../protocol/limits.ts';
import { type Code, whatThen } from '../protocol/refusals.ts';
import type { SentChange, SentMessage } from '../simulation/check-history.ts';

interface Settling {
  readonly clientId: ClientId;
  readonly at: number;
  seq: Seq | undefined;
  refused?: Code;
  /** From its being written until it was acknowledged. */
  tookMs?: number;
}

export type SaidMessage = SentMessage & Settling;
export type SaidChange = SentChange & Settling & { readonly target: ClientId; readonly targetSeq: Seq | undefined };
export type Said = SaidMessage | SaidChange;

/** A message that is there, or that waits before what is to change it. */
export interface Target {
  readonly clientId: ClientId;
  /** Undefined while nobody knows: its client id stands for it. */
  readonly seq: Seq | undefined;
}

export type Written = { readonly text: string } | Pick<SaidChange, 'change' | 'target' | 'targetSeq' | 'text'>;

export type NextRequest =
  | { readonly kind: 'messages'; readonly items: readonly SaidMessage[] }
  | { readonly kind: 'change'; readonly item: SaidChange };

/** What was refused for now, and when to ask again. */
export interface Again {
  readonly code: Code;
  readonly retryAfter?: number | undefined;
}

type Result = { readonly clientId: string } & ({ readonly seq: Seq } | Again);

export class Outbox {
  /** Whatever was ever written, in that order. */
  readonly sent: Said[] = [];
  readonly #sender: string;
  #queue: Said[] = [];

  constructor(sender: string) {
    this.#sender = sender;
  }

  write(what: Written): Said {
    const clientId = randomUUID() as ClientId;
    const said = { ...what, sender: this.#sender, clientId, at: performance.now(), seq: undefined };
    this.sent.push(said);
    this.#queue.push(said);
    return said;
  }

  /** R4: as many messages as one request carries, or a change. Undefined when nothing waits. */
  get next(): NextRequest | undefined {
    const [first] = this.#queue;
    if (!first) return undefined;
    if (first.change) return { kind: 'change', item: first };
    const items: SaidMessage[] = [];
    let bytes = 0;
    for (const said of this.#queue) {
      if (said.change || items.length === MAX_ITEMS) break;
      bytes += Buffer.byteLength(said.text);
      if (items.length > 0 && bytes > MAX_REQUEST_BYTES) break;
      items.push(said);
    }
    return { kind: 'messages', items };
  }

  /** What the server said of some of them; the first that is to be asked again, if one is. */
  settle(results: readonly Result[]): Again | 'settled' {
    const byId = new Map<string, Said>(this.#queue.map((said) => [said.clientId, said]));
    let again: Again | undefined;
    for (const result of results) {
      const said = byId.get(result.clientId);
      if (!said) continue;
      if ('seq' in result) {
        said.seq = result.seq;
        said.tookMs = performance.now() - said.at;
      } else if (whatThen(result.code) === 'again') again ??= result;
      else said.refused = result.code;
    }
    this.#queue = this.#queue.filter(({ seq, refused }) => seq === undefined && refused === undefined);
    return again ?? 'settled';
  }
}
