import { Worker } from 'node:worker_threads';
import type { Time } from '../../../protocol/ids.ts';
import { StorageFull, StoreUnavailable, Unstorable } from '../store.ts';
import { CannotOpenStore } from './cannot-open.ts';
import {
  type CallArguments,
  type CallName,
  type Calls,
  type CallValue,
  CLOSE,
  type Failure,
  type ThreadReply,
  type ThreadRequest,
  type ThreadStart,
} from './requests.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The main thread's end of a thread. Once it has ended, for whatever reason, everything is refused, and it stays so. */
export class Thread<Of extends Calls> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #gone: Promise<void>;
  #last = 0;
  #ended: string | undefined;
  #damage: string | undefined;

  private constructor(worker: Worker, name: string) {
    this.#worker = worker;
    worker.on('message', (replies: readonly ThreadReply[]) => {
      for (const reply of replies) this.#settle(reply);
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
    file = fileOf(name),
  ): Promise<Thread<Of>> {
    const worker = startWorker(file, folder);
    const start = await firstMessage(worker, name);
    if (start.ready) return new Thread<Of>(worker, name);
    await worker.terminate();
    throw new CannotOpenStore(start.message);
  }

  /** Why it can be used no longer, for the one who runs the server. */
  get problem(): string | undefined {
    return this.#damage ?? this.#ended;
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
    if (reply.failure === 'damaged') {
      this.#damage = `The database is damaged or its disk fails (${reply.message}). It is only read from now on: restore a backup.`;
    }
    waiting?.reject(errorOf(reply.failure, reply.message));
  }

  #end(why: string): void {
    this.#ended ??= why;
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

/** Built, this is JavaScript; under the tests it is TypeScript, which the oldest Node does not run by itself. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

function fileOf(name: string): URL {
  return new URL(`./${name}-thread${ENDING}`, import.meta.url);
}

function startWorker(file: URL, folder: string): Worker {
  if (ENDING === '.js') return new Worker(file, { workerData: folder });
  const loader = new URL('../../../tools/worker-register.mjs', import.meta.url).href;
  return new Worker(file, { workerData: folder, execArgv: ['--import', loader] });
}
