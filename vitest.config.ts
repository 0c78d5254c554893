import { defineConfig } from 'vitest/config';

const jsx = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } } };

export default defineConfig({
  test: {
    // The tally of `npm test` reads this file; Playwright empties its own folder, so the two must not meet.
    outputFile: { json: 'test-results/unit.json' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        ...jsx,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{protocol,server,simulation,tools}/**/*.test.{ts,tsx}', 'web/**/*.test.ts'],
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
