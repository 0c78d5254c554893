// Environment, configuration, app; signals; exit code. Nothing else runs on import.
import { isatty } from 'node:tty';
import type { Logger } from 'pino';
import { type App, startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { makeLogger } from './make-logger.ts';
import { StartProblem } from './start-problem.ts';

/** What stopping takes beside letting connections go: the last answers of both kinds and the last batches, each within 5 s. */
const LAST_WORK_MS = 20_000;

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
  // Asked now: of a terminal that is gone nobody can say that it was one.
  const hasTerminal = [0, 1, 2].some((stream) => isatty(stream));
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
    void app.stop().then(() => {
      // Node would set the terminal back to how it was, and aborts when it is gone.
      if (signal === 'SIGHUP' && hasTerminal) endAtOnce(signal);
      else process.exit(0);
    });
  };
  // SIGHUP: the terminal that it was started in was closed.
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);
}

/**
 * By the signal itself. process.exit waits for the threads of the store, which a disk may hold up, and stops them inside
 * SQLite: its binding then throws where nobody can catch, and the process aborts with "terminate called".
 */
function endAtOnce(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
