// The thread that reads. Its folder is its `workerData`.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { failureOf, messageOf } from './failure.ts';
import { openForReading } from './open-database.ts';
import { Reader } from './reader.ts';
import { CLOSE, type ThreadReply, type ThreadRequest, type ThreadStart } from './requests.ts';

type Call = (...args: readonly unknown[]) => unknown;

async function serve(port: MessagePort): Promise<void> {
  const start = (message: ThreadStart): void => port.postMessage(message);
  try {
    const db = await openForReading(String(workerData));
    const reader = new Reader(db);
    port.on('message', (request: ThreadRequest) => {
      if (request.name !== CLOSE) return port.postMessage([answer(reader, request)]);
      db.close();
      port.close();
    });
    start({ ready: true });
  } catch (error) {
    start({ ready: false, message: messageOf(error) });
  }
}

function answer(reader: Reader, { number, name, args }: ThreadRequest): ThreadReply {
  try {
    const value = reader.inOneMoment(() => {
      // Both ends of a call take their types from `Reading`; between them the arguments are unknown.
      const call = Reflect.get(reader, name) as Call;
      return call.apply(reader, [...args]);
    });
    return { number, ok: true, value };
  } catch (error) {
    const failure = failureOf(error);
    return { number, ok: false, failure: failure === 'damaged' ? failure : 'unavailable', message: messageOf(error) };
  }
}

if (parentPort) await serve(parentPort);
