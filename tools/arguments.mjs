/** @typedef {'quick' | 'usual' | 'all' | 'engines'} Which */

/**
 * What follows `npm test --`, as the environment that the tests read.
 * @param {string[]} args
 * @returns {{ which: Which, environment: Record<string, string>, problem?: string }}
 */
export function readArguments(args) {
  /** @type {Record<string, string>} */
  const environment = {};
  /** @type {Which} */
  let which = 'usual';
  const rest = args.flatMap((arg) => arg.split('='));
  while (rest.length > 0) {
    const name = rest.shift();
    if (name === '--quick') {
      which = 'quick';
      environment['SNUG_TEST_QUICK'] = '1';
    } else if (name === '--engines') which = 'engines';
    else if (name === '--all') {
      which = 'all';
      environment['SNUG_TEST_ALL'] = '1';
    } else if (name === '--seeds' || name === '--seed') {
      const value = rest.shift() ?? '';
      if (!/^\d+$/.test(value))
        return { which, environment, problem: `${name} needs a whole number, as in ${name} 500.` };
      environment[name === '--seed' ? 'SNUG_SEED' : 'SNUG_SEEDS'] = value;
    } else {
      return {
        which,
        environment,
        problem: `Unknown argument ${name}: known are --seeds N, --seed N, --all, --quick, --engines.`,
      };
    }
  }
  return { which, environment };
}
