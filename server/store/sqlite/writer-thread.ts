// The thread that writes. Its folder is its `workerData`.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { messageOf } from './failure.ts';
import { type OpenDatabase, openForWriting } from './open-database.ts';
import { CLOSE, type ThreadRequest, type ThreadStart } from './requests.ts';
import { Writer } from './writer.ts';

/** How many calls share one commit. Each may be a batch of hundreds. */
const GROUP = 64;
/** A deletion rarely comes alone, and emptying the write-ahead log costs two fsyncs. */
const FORGET_AFTER_MS = 1_000;

async function serve(port: MessagePort): Promise<void> {
  const start = (message: ThreadStart): void => port.postMessage(message);
  try {
    const open = await openForWriting(String(workerData));
    listen(port, open);
    start({ ready: true });
  } catch (error) {
    start({ ready: false, message: messageOf(error) });
  }
}

function listen(port: MessagePort, { db, lock }: OpenDatabase): void {
  const writer = new Writer(db);
  let forgetting: NodeJS.Timeout | undefined;
  const forget = (): void => {
    forgetting = undefined;
    writer.forgetBlanked();
    if (writer.hasBlanked) forgetting = setTimeout(forget, FORGET_AFTER_MS);
  };
  port.on('message', (first: ThreadRequest) => {
    const requests = [first, ...waiting(port)];
    const isLast = requests.at(-1)?.name === CLOSE;
    if (isLast) requests.pop();
    if (requests.length > 0) port.postMessage(writer.run(requests));
    if (isLast) {
      clearTimeout(forgetting);
      writer.close();
      lock.close();
      port.close();
    } else if (writer.hasBlanked) forgetting ??= setTimeout(forget, FORGET_AFTER_MS);
  });
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
