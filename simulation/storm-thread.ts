// In a worker: one storm after another, as it is told.
import { parentPort } from 'node:worker_threads';
import { deliveryStorm, presenceStorm, readingStorm, rewindStorm, type StormResult } from './storm.ts';

export interface Trial {
  readonly storm: 'delivery' | 'rewind' | 'presence' | 'reading';
  readonly seed: number;
}

const STORMS: Record<Trial['storm'], (seed: number) => Promise<StormResult>> = {
  delivery: deliveryStorm,
  rewind: rewindStorm,
  presence: presenceStorm,
  reading: readingStorm,
};

parentPort?.on('message', ({ storm, seed }: Trial) => {
  void STORMS[storm](seed).then((result) => parentPort?.postMessage(result));
});
