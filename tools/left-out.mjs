/**
 * What a run of one size leaves to a longer one. The runner is told by `files`, whoever reads its last lines by `words`.
 * @typedef {'quick' | 'usual' | 'all'} Size `npm run check`, `npm test`, `npm run test:all`
 * @type {readonly { words: string, files?: string, first: Size }[]}
 */
export const PARTS = [
  { words: 'storms of the simulation', files: 'simulation/storms.test.ts', first: 'usual' },
  { words: 'kills under load', files: 'server/kill.test.ts', first: 'usual' },
  { words: 'conformance', files: 'conformance/**', first: 'usual' },
  { words: 'stories in a browser', first: 'usual' },
  { words: 'every rule taken away once', files: 'simulation/mutations.test.ts', first: 'all' },
  { words: 'faults of disks, clocks and networks', files: 'faults/faults.test.ts', first: 'all' },
  { words: 'stories tagged @all', first: 'all' },
  { words: 'more seeds, kills and rounds', first: 'all' },
  { words: 'other engines', first: 'all' },
];

/** @param {Size} size */
export function filesLeftBy(size) {
  return leftBy(size).flatMap(({ files = [] }) => files);
}

/** @param {Size} size @returns {string[]} one line for each longer run */
export function wordsLeftBy(size) {
  /** @type {(command: string, first: Size) => string[]} */
  const lineOf = (command, first) => {
    const words = leftBy(size).flatMap((part) => (part.first === first ? part.words : []));
    return words.length === 0 ? [] : [`left to ${command}: ${words.join(', ')}`];
  };
  return [...lineOf('npm test', 'usual'), ...lineOf('test:all', 'all')];
}

/** @param {Size} size */
function leftBy(size) {
  return PARTS.filter(({ first }) => size === 'quick' || (size === 'usual' && first === 'all'));
}
