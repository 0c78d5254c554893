// The last lines of `npm test`.
import { wordsLeftBy } from './left-out.mjs';

/**
 * `mostS`: what is above it is run less often, and two cores that do nothing else can keep it.
 * @type {{ readonly [which in import('./arguments.mjs').Which]: { command: string, mostS: number } }}
 */
const RUNS = {
  quick: { command: 'npm run check', mostS: Infinity },
  usual: { command: 'npm test', mostS: 4 * 60 },
  all: { command: 'npm run test:all', mostS: 15 * 60 },
  engines: { command: 'npm run test:engines', mostS: Infinity },
};

/**
 * @param {import('./tally.mjs').Tally} tally
 * @param {{ which: import('./arguments.mjs').Which, inexcusable: string[], seconds: number }} run
 */
export function closingLines(tally, { which, inexcusable, seconds }) {
  return [
    ...tally.skipped.map((title) => `skipped: ${title}`),
    ...inexcusable.map((title) => `CI must not skip: ${title}`),
    ...tally.failed.map((title) => `failed: ${title}`),
    ...(which === 'engines' ? [] : wordsLeftBy(which)),
    timeLine(RUNS[which], seconds),
    `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`,
  ];
}

/** @param {{ command: string, mostS: number }} run @param {number} seconds */
function timeLine({ command, mostS }, seconds) {
  const took = `${command} took ${inMinutes(seconds)}`;
  return seconds > mostS ? `!!! ${took}, more than the ${inMinutes(mostS)} that two idle cores need !!!` : took;
}

/** @param {number} seconds */
function inMinutes(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
