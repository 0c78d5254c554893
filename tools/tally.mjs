import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ passed: number, failed: string[], skipped: string[] }} Tally
 * @typedef {{ title: string, suites?: Suite[], specs?: { title: string, tests: { status: string }[] }[] }} Suite
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: [], skipped: [] };
}

/** @param {Tally[]} tallies @returns {Tally} */
export function sumOf(tallies) {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/**
 * A step that gives only an exit code counts as one test.
 * @param {string} name
 * @param {number | null} code
 * @returns {Tally}
 */
export function tallyOfCode(name, code) {
  return code === 0 ? { ...emptyTally(), passed: 1 } : { ...emptyTally(), failed: [name] };
}

/**
 * What a runner reported, corrected by how it ended: it may have died before it wrote, or after its last test.
 * @template Report
 * @param {string} name
 * @param {number | null} code
 * @param {string} file its JSON report
 * @param {(report: Report) => Tally} read
 * @returns {Tally}
 */
export function tallyOfReport(name, code, file, read) {
  const tally = emptyTally();
  if (!existsSync(file)) return { ...tally, failed: [`${name}: it ended with ${code} and left no report`] };
  try {
    const found = read(JSON.parse(readFileSync(file, 'utf8')));
    if (code !== 0 && found.failed.length === 0) found.failed.push(`${name}: it ended with ${code}`);
    if (found.passed + found.failed.length + found.skipped.length === 0)
      found.failed.push(`${name}: no test was found`);
    return found;
  } catch (error) {
    return { ...tally, failed: [`${name}: its report cannot be read (${String(error)})`] };
  }
}

/** @param {{ testResults: { name: string, status: string, message: string, assertionResults: { fullName: string, status: string }[] }[] }} report */
export function readVitest(report) {
  const tally = emptyTally();
  for (const file of report.testResults) {
    // A file that could not be loaded has no tests to name.
    if (file.status === 'failed' && file.assertionResults.length === 0) tally.failed.push(file.name);
    for (const test of file.assertionResults) count(tally, test.fullName, test.status);
  }
  return tally;
}

/** @param {{ suites: Suite[], errors: { message?: string }[] }} report */
export function readPlaywright(report) {
  const tally = emptyTally();
  for (const suite of report.suites) walk(tally, suite, []);
  tally.failed.push(...report.errors.map((error) => error.message ?? 'Playwright reported an error'));
  return tally;
}

/** @param {Tally} tally @param {Suite} suite @param {string[]} path */
function walk(tally, suite, path) {
  const here = [...path, suite.title];
  for (const inner of suite.suites ?? []) walk(tally, inner, here);
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      const passed = test.status === 'expected';
      count(tally, [...here, spec.title].join(' > '), passed ? 'passed' : test.status);
    }
  }
}

/** @param {Tally} tally @param {string} title @param {string} status */
function count(tally, title, status) {
  if (status === 'passed') tally.passed += 1;
  else if (['skipped', 'pending', 'todo', 'disabled'].includes(status)) tally.skipped.push(title);
  else tally.failed.push(title);
}

/**
 * In CI a skipped test is a failure, unless its title says what it needs, "(needs strace, ptrace)", and the machine could
 * not provide one of those.
 * @param {Tally} tally
 * @param {{ ci: boolean, lacking: string[] }} machine
 */
export function unexcused(tally, { ci, lacking }) {
  if (!ci) return [];
  return tally.skipped.filter((title) => !needsOf(title).some((need) => lacking.includes(need)));
}

/** @param {string} title */
function needsOf(title) {
  const lists = title.split(/\bneeds /).slice(1);
  return lists.flatMap((list) => (list.split(/\)| > /)[0] ?? '').split(/,| and /)).map((need) => need.trim());
}
