const MOST_S = 3;

/**
 * What is said of a start with nothing changed; where something has changed meanwhile, nothing is promised.
 * @param {{ said: string, readyMs: number | undefined, code: number | null }} start `said` on stdout; `code` it ended with
 */
export function startLine({ said, readyMs, code }) {
  if (readyMs === undefined) return `npm start ended with ${code} before it was ready:\n${said}`;
  if (code !== 0) return `npm start was ready, and told to stop it ended with ${code}`;
  const seconds = Math.ceil(readyMs / 100) / 10;
  const ready = `ready ${seconds.toFixed(1)} s after npm start`;
  if (/^(?:Installing|Building) /m.test(said)) return `${ready}, which had something to build`;
  return seconds > MOST_S
    ? `!!! ${ready} with nothing changed, more than ${MOST_S} s !!!`
    : `${ready} with nothing changed`;
}
