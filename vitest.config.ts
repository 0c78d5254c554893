import { defineConfig } from 'vitest/config';
import { emojiList } from './tools/emoji-list.mjs';
import { filesLeftBy } from './tools/left-out.mjs';

const { SNUG_TEST_QUICK, SNUG_TEST_ALL } = process.env;
const size = SNUG_TEST_QUICK === '1' ? 'quick' : SNUG_TEST_ALL === '1' ? 'all' : 'usual';

const jsx = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } } };

export default defineConfig({
  test: {
    // Most of them wait for a server more than they compute: more workers than cores keep two cores busy.
    maxWorkers: 3,
    // The tally of `npm test` reads this file; Playwright empties its own folder, so the two must not meet.
    outputFile: { json: 'test-results/unit.json' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        ...jsx,
        plugins: [emojiList()],
        test: {
          name: 'node',
          environment: 'node',
          exclude: filesLeftBy(size),
          include: ['{protocol,server,simulation,conformance,faults,tools}/**/*.test.{ts,tsx}', 'web/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        ...jsx,
        plugins: [emojiList()],
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
