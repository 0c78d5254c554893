import type { Worker } from 'node:worker_threads';
import type { Time } from '../../../protocol/ids.ts';
import { StorageFull, StoreUnavailable, Unstorable } from '../store.ts';
import { CannotOpenStore } from './cannot-open.ts';
import { type Illness, sentenceOf } from './illness.ts';
import {
  type CallArguments,
  type CallName,
  type Calls,
  type CallValue,
  CLOSE,
  type Failure,
  type ThreadNews,
  type ThreadReply,
  type ThreadRequest,
  type ThreadStart,
} from './requests.ts';
import { startWorker, threadFile } from './start-worker.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The main thread's end of a thread. Once it has ended, for whatever reason, everything is refused, and it stays so. It
 * says by itself that it is ill, and that it is well again.
 */
export class Thread<Of extends Calls> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #gone: Promise<void>;
  #last = 0;
  #ended: string | undefined;
  #illness: Illness | undefined;
  #changed = (): void => undefined;

  private constructor(worker: Worker, name: string) {
    this.#worker = worker;
    worker.on('message', (told: readonly ThreadReply[] | ThreadNews) => {
      if ('illness' in told) this.#become(told.illness);
      else for (const reply of told) this.#settle(reply);
    });
    worker.on('error', (error) => this.#end(`The store's ${name} stopped: ${error.message}. Restart the server.`));
    this.#gone = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#end(`The store's ${name} stopped. Restart the server.`);
        resolve();
      });
    });
  }

  /** Without `file`, of the file beside this one that has its name. Throws CannotOpenStore. */
  static async start<Of extends Calls>(
    name: 'writer' | 'reader',
    folder: string,
    file = threadFile(name),
  ): Promise<Thread<Of>> {
    const worker = startWorker(file, folder);
    const start = await firstMessage(worker, name);
    if (start.ready) return new Thread<Of>(worker, name);
    await worker.terminate();
    throw new CannotOpenStore(start.message);
  }

  /** Calls `run` whenever `problem` is another. */
  onChange(run: () => void): void {
    this.#changed = run;
  }

  /** Why it cannot be used, for the one who runs the server; with a full disk it can be. */
  get problem(): string | undefined {
    return this.#ended ?? (this.#illness && sentenceOf(this.#illness));
  }

  /** It has no file to trust, or has ended: what depends on it is not to be done. */
  get isLost(): boolean {
    return this.#ended !== undefined || (this.#illness !== undefined && this.#illness.kind !== 'full');
  }

  async call<Name extends CallName<Of>>(
    now: Time,
    name: Name,
    ...args: CallArguments<Of[Name]>
  ): Promise<CallValue<Of[Name]>> {
    if (this.#ended !== undefined) throw new StoreUnavailable(this.#ended);
    const value = await this.#ask({ number: (this.#last += 1), now, name, args });
    // The thread runs the call of this name: `Of` is the type of both ends.
    return value as CallValue<Of[Name]>;
  }

  /** What was asked before is carried out. */
  async close(): Promise<void> {
    const request: ThreadRequest = { number: 0, now: 0, name: CLOSE, args: [] };
    if (this.#ended === undefined) this.#worker.postMessage(request);
    this.#ended ??= 'The store is closed.';
    await this.#gone;
  }

  async #ask(request: ThreadRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.number, { resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  #settle(reply: ThreadReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if (reply.ok) return waiting?.resolve(reply.value);
    waiting?.reject(errorOf(reply.failure, reply.message));
  }

  #become(illness: Illness | undefined): void {
    this.#illness = illness;
    this.#changed();
  }

  #end(why: string): void {
    if (this.#ended === undefined) {
      this.#ended = why;
      this.#changed();
    }
    for (const waiting of this.#waiting.values()) waiting.reject(new StoreUnavailable(this.#ended));
    this.#waiting.clear();
  }
}

function errorOf(failure: Failure, message: string): Error {
  switch (failure) {
    case 'full':
      return new StorageFull(message);
    case 'unstorable':
      return new Unstorable(message);
    case 'unavailable':
    case 'failing':
    case 'damaged':
      return new StoreUnavailable(message);
  }
}

async function firstMessage(worker: Worker, name: string): Promise<ThreadStart> {
  return new Promise((resolve) => {
    const failed = (why: string): void =>
      resolve({ ready: false, message: `The store's ${name} does not start: ${why}.` });
    worker.once('message', resolve);
    worker.once('error', (error) => failed(error.message));
    worker.once('exit', () => failed('it ended'));
  });
}
