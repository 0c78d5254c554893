// The thread that reads. Its folder is its `workerData`.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Database, type Driver, loadDriver } from './driver.ts';
import { failureOf, messageOf } from './failure.ts';
import { illnessOf } from './illness.ts';
import { check, openForReading, openReadOnly } from './open-database.ts';
import { identityOf, requireSame } from './probe.ts';
import { Reader } from './reader.ts';
import { Recovery } from './recovery.ts';
import { CLOSE, type ThreadNews, type ThreadReply, type ThreadRequest, type ThreadStart } from './requests.ts';

type Call = (...args: readonly unknown[]) => unknown;

async function serve(port: MessagePort): Promise<void> {
  const start = (message: ThreadStart): void => port.postMessage(message);
  try {
    const folder = String(workerData);
    const db = await openForReading(folder);
    new ReaderThread(port, folder, await loadDriver(), db).listen();
    start({ ready: true });
  } catch (error) {
    start({ ready: false, message: messageOf(error) });
  }
}

class ReaderThread {
  readonly #port: MessagePort;
  readonly #folder: string;
  readonly #driver: Driver;
  readonly #identity: number;
  readonly #recovery: Recovery;
  #db: Database;
  #reader: Reader;

  constructor(port: MessagePort, folder: string, driver: Driver, db: Database) {
    this.#port = port;
    this.#folder = folder;
    this.#driver = driver;
    this.#db = db;
    this.#reader = new Reader(db);
    this.#identity = identityOf(folder);
    this.#recovery = new Recovery({
      attempt: () => this.#mend(),
      changed: (illness) => port.postMessage({ illness } satisfies ThreadNews),
    });
  }

  listen(): void {
    this.#port.on('message', (request: ThreadRequest) => {
      if (request.name === CLOSE) this.#close();
      else this.#port.postMessage([this.#answer(request)]);
    });
  }

  #answer({ number, name, args }: ThreadRequest): ThreadReply {
    try {
      const value = this.#reader.inOneMoment(() => {
        // Both ends of a call take their types from `Reading`; between them the arguments are unknown.
        const call = Reflect.get(this.#reader, name) as Call;
        return call.apply(this.#reader, [...args]);
      });
      return { number, ok: true, value };
    } catch (error) {
      const illness = illnessOf(error);
      const failure = failureOf(error);
      if (!illness || failure === 'full')
        return { number, ok: false, failure: 'unavailable', message: messageOf(error) };
      this.#recovery.fell(illness);
      return { number, ok: false, failure, message: messageOf(error) };
    }
  }

  /** Throws while it cannot be; meanwhile what can be read still is. */
  #mend(): void {
    requireSame(this.#folder, this.#identity);
    const db = openReadOnly(this.#driver, this.#folder);
    try {
      check(db, this.#folder);
    } catch (error) {
      db.close();
      throw error;
    }
    this.#db.close();
    this.#db = db;
    this.#reader = new Reader(db);
  }

  #close(): void {
    this.#recovery.stop();
    this.#db.close();
    this.#port.close();
  }
}

if (parentPort) await serve(parentPort);
