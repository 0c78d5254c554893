// Environment, configuration, app; signals; exit code. Nothing else runs on import.
import type { Logger } from 'pino';
import { type App, startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { makeLogger } from './make-logger.ts';
import { StartProblem } from './start-problem.ts';

/** What stopping takes beside letting connections go: the last batches and the last answers, each within 5 s. */
const LAST_WORK_MS = 15_000;

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
    process.exit(1);
  };
  process.on('uncaughtException', die).on('unhandledRejection', die);
}

function endOnSignal(app: App, logger: Logger, patienceMs: number): void {
  let isStopping = false;
  const stop = (): void => {
    // The second signal is from somebody who does not want to wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => {
      logger.error('stopping took too long; what was acknowledged is stored');
      process.exit(1);
    }, patienceMs);
    void app.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}
