import { defineConfig } from 'vitest/config';

/** What a slow machine should not wait for each time: storms and kills are left to `npm test`, taking rules away and faults of the system to test:all. */
const left = {
  quick: ['simulation/{storms,mutations}.test.ts', 'server/kill.test.ts', 'conformance/**', 'faults/faults.test.ts'],
  usual: ['simulation/mutations.test.ts', 'faults/faults.test.ts'],
  all: [],
}[process.env['SNUG_TEST_QUICK'] === '1' ? 'quick' : process.env['SNUG_TEST_ALL'] === '1' ? 'all' : 'usual'];

const jsx = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } } };

export default defineConfig({
  test: {
    // The tally of `npm test` reads this file; Playwright empties its own folder, so the two must not meet.
    // Most of them wait for a server more than they compute: more workers than cores keep two cores busy.
    maxWorkers: 3,
    outputFile: { json: 'test-results/unit.json' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        ...jsx,
        test: {
          name: 'node',
          environment: 'node',
          exclude: left,
          include: ['{protocol,server,simulation,conformance,faults,tools}/**/*.test.{ts,tsx}', 'web/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        ...jsx,
        test: {
          name: 'browser-like',
          environment: 'happy-dom',
          include: ['web/**/*.test.tsx'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
