// Time and chance are given, never taken: the simulation runs hours in a second, and any run again.
import type { Failed } from './surprises.ts';

export interface Clock {
  /** Milliseconds since 1970. May step back. */
  now(): number;
  /** Calls `run` once, at least `ms` later. The returned function takes that back. */
  after(ms: number, run: () => void | Promise<void>): Cancel;
}

export type Cancel = () => void;

/** The same time. What a timer throws, or rejects with, is told and ends there: nobody else could catch it. */
export function tellingClock(clock: Clock, failed: Failed): Clock {
  const told = async (run: () => void | Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      failed(error);
    }
  };
  return { now: () => clock.now(), after: (ms, run) => clock.after(ms, () => told(run)) };
}

/** From 0 inclusive to 1 exclusive. */
export type Random = () => number;

export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(() => void run(), ms);
    return () => clearTimeout(timer);
  },
};
