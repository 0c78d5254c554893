// Environment, configuration, app; signals; exit code. Nothing else runs on import.
import type { Logger } from 'pino';
import { type App, startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { makeLogger } from './make-logger.ts';
import { StartProblem } from './start-problem.ts';

/** What stopping takes beside letting connections go: the last batches and the last answers, each within 5 s. */
const LAST_WORK_MS = 15_000;

/**
 * One Ctrl+C comes more than once: the terminal signals npm, its shell and the server, and npm passes on what it gets, within
 * milliseconds, or some hundreds of them on a busy machine. A person who is tired of waiting presses again later than this.
 */
const SAME_WISH_MS = 1_000;

await run();

async function run(): Promise<void> {
  try {
    const config = readConfig();
    const logger = makeLogger(config.logLevel);
    endOnSurprise(logger);
    const app = await startApp(config, logger);
    endOnSignal(app, logger, config.times.drainMs + LAST_WORK_MS);
    process.stdout.write(`${app.message}\n`);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StartProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** What nobody foresaw has left things in a state that nobody knows; whoever starts it again finds all that was acknowledged. */
function endOnSurprise(logger: Logger): void {
  const die = (error: unknown): void => {
    logger.fatal({ err: error }, 'something failed that nobody foresaw; the server ends');
    endAtOnce('SIGKILL');
  };
  process.on('uncaughtException', die).on('unhandledRejection', die);
}

function endOnSignal(app: App, logger: Logger, patienceMs: number): void {
  let stoppingSince: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince < SAME_WISH_MS) return;
      logger.warn('asked again to stop; what was acknowledged is stored');
      endAtOnce(signal);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => {
      logger.error('stopping took too long; what was acknowledged is stored');
      endAtOnce('SIGKILL');
    }, patienceMs);
    void app.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

/**
 * By the signal itself. process.exit waits for the threads of the store, which a disk may hold up, and stops them inside
 * SQLite: its binding then throws where nobody can catch, and the process aborts with "terminate called".
 */
function endAtOnce(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
