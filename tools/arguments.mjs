/**
 * What follows `npm test --`, as the environment that the tests read.
 * @param {string[]} args
 * @returns {{ quick: boolean, environment: Record<string, string>, problem?: string }}
 */
export function readArguments(args) {
  /** @type {Record<string, string>} */
  const environment = {};
  let quick = false;
  const rest = args.flatMap((arg) => arg.split('='));
  while (rest.length > 0) {
    const name = rest.shift();
    if (name === '--quick') quick = true;
    else if (name === '--all') environment['SNUG_TEST_ALL'] = '1';
    else if (name === '--seeds' || name === '--seed') {
      const value = rest.shift() ?? '';
      if (!/^\d+$/.test(value))
        return { quick, environment, problem: `${name} needs a whole number, as in ${name} 500.` };
      environment[name === '--seed' ? 'SNUG_SEED' : 'SNUG_SEEDS'] = value;
    } else {
      return {
        quick,
        environment,
        problem: `Unknown argument ${name}: known are --seeds N, --seed N, --all, --quick.`,
      };
    }
  }
  return { quick, environment };
}
