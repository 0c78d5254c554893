// Time and chance are given, never taken: the simulation runs hours in a second, and any run again.

export interface Clock {
  /** Milliseconds since 1970. May step back. */
  now(): number;
  /** Calls `run` once, at least `ms` later. The returned function takes that back. */
  after(ms: number, run: () => void): Cancel;
}

export type Cancel = () => void;

/** From 0 inclusive to 1 exclusive. */
export type Random = () => number;

export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
