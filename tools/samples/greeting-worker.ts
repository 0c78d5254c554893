import { parentPort, workerData } from 'node:worker_threads';
import { greeting } from './greeting.ts';

parentPort?.postMessage(greeting(workerData as string));
