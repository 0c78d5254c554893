import { type LevelWithSilent, type Logger, pino } from 'pino';

/**
 * JSON lines on stderr: stdout belongs to the person who started the server, and a pipe into a collector gets no line that is
 * no JSON. Written at once, so that the last line of a process that dies is there. A terminal that is gone and a full disk
 * take no lines: that is no reason to end.
 */
export function makeLogger(level: LevelWithSilent): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const stderr = pino.destination({ dest: 2, sync: true });
  stderr.on('error', () => undefined);
  return pino(options, stderr);
}
