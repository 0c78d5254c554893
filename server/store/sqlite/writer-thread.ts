// The thread that writes. Its folder is its `workerData`.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Driver, loadDriver } from './driver.ts';
import { messageOf } from './failure.ts';
import { type OpenDatabase, openAgain, openForWriting } from './open-database.ts';
import { identityOf, probeDisk, requireSame } from './probe.ts';
import { Recovery } from './recovery.ts';
import { CLOSE, type ThreadNews, type ThreadReply, type ThreadRequest, type ThreadStart } from './requests.ts';
import { Writer } from './writer.ts';

/** How many calls share one commit. Each may be a batch of hundreds. */
const GROUP = 64;
/** A deletion rarely comes alone, and emptying the write-ahead log costs two fsyncs. */
const FORGET_AFTER_MS = 1_000;

async function serve(port: MessagePort): Promise<void> {
  const start = (message: ThreadStart): void => port.postMessage(message);
  try {
    const folder = String(workerData);
    const open = await openForWriting(folder);
    new WriterThread(port, folder, await loadDriver(), open).listen();
    start({ ready: true });
  } catch (error) {
    start({ ready: false, message: messageOf(error) });
  }
}

class WriterThread {
  readonly #port: MessagePort;
  readonly #folder: string;
  readonly #driver: Driver;
  readonly #identity: number;
  readonly #recovery: Recovery;
  #writer: Writer;
  #open: OpenDatabase | undefined;
  #forgetting: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, folder: string, driver: Driver, open: OpenDatabase) {
    this.#port = port;
    this.#folder = folder;
    this.#driver = driver;
    this.#open = open;
    this.#writer = new Writer(open.db);
    this.#identity = identityOf(folder);
    this.#recovery = new Recovery({
      attempt: () => this.#mend(),
      changed: (illness) => port.postMessage({ illness } satisfies ThreadNews),
    });
  }

  listen(): void {
    this.#port.on('message', (first: ThreadRequest) => {
      const requests = [first, ...waiting(this.#port)];
      const isLast = requests.at(-1)?.name === CLOSE;
      if (isLast) requests.pop();
      if (requests.length > 0) this.#run(requests);
      if (isLast) this.#close();
      else this.#forgetSoon();
    });
  }

  #run(requests: readonly ThreadRequest[]): void {
    const wasWell = !this.#writer.illness;
    const replies = this.#writer.run(requests);
    if (wasWell) this.#tell(replies);
    this.#port.postMessage(replies);
  }

  #tell(replies: readonly ThreadReply[]): void {
    const full = replies.find((reply) => !reply.ok && reply.failure === 'full');
    if (this.#writer.illness) this.#recovery.fell(this.#writer.illness);
    else if (full && !full.ok) this.#recovery.fell({ kind: 'full', message: full.message });
  }

  #forgetSoon(): void {
    if (!this.#writer.hasBlanked) return;
    this.#forgetting ??= setTimeout(() => {
      this.#forgetting = undefined;
      this.#writer.forgetBlanked();
      if (this.#writer.illness) this.#recovery.fell(this.#writer.illness);
      this.#forgetSoon();
    }, FORGET_AFTER_MS);
  }

  /** Throws while it cannot be. What was blanked left the write-ahead log with all that was in it. */
  #mend(): void {
    requireSame(this.#folder, this.#identity);
    probeDisk(this.#folder);
    if (!this.#writer.illness) return;
    this.#letGo();
    this.#open = openAgain(this.#driver, this.#folder);
    this.#writer = new Writer(this.#open.db);
  }

  /** A disk that came back may leave what was open of no use, the lock included. */
  #letGo(): void {
    const { db, lock } = this.#open ?? {};
    this.#open = undefined;
    db?.close();
    lock?.close();
  }

  #close(): void {
    clearTimeout(this.#forgetting);
    this.#recovery.stop();
    if (this.#open) this.#writer.emptyLog();
    this.#letGo();
    this.#port.close();
  }
}

function waiting(port: MessagePort): ThreadRequest[] {
  const requests: ThreadRequest[] = [];
  while (requests.length < GROUP) {
    const next: { message: ThreadRequest } | undefined = receiveMessageOnPort(port);
    if (!next) break;
    requests.push(next.message);
  }
  return requests;
}

if (parentPort) await serve(parentPort);
