// What nobody foresaw, where whatever it befell can go on without it.
import type { SeldomLog } from './seldom-log.ts';

/** Is told of it. Never throws: what is called in a `catch` is the last that can. */
export type Failed = (error: unknown) => void;

/** Each place that fails is told of at once, then once a minute. */
export function tellingSurprises(logger: Pick<SeldomLog, 'error'>): Failed {
  return (error) => {
    try {
      const told = withoutTexts(error);
      logger.error(told, 'something failed that nobody foresaw', told.at.join());
    } catch {
      // Whoever cannot tell of it has still to go on.
    }
  };
}

/** What `run` gives, or `otherwise` where it throws. */
export function attempt<Result>(run: () => Result, otherwise: Result, failed: Failed): Result {
  try {
    return run();
  } catch (error) {
    failed(error);
    return otherwise;
  }
}

/** An error's message may quote what somebody wrote; its name and the places it came through do not. */
export function withoutTexts(error: unknown): { error: string; at: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return { error: error.name, at: lines.filter((line) => /^at .*:\d+:\d+\)?$/.test(line)) };
}
