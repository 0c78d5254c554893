import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './e2e/support/chromium.ts';

const isAll = process.env['SNUG_TEST_ALL'] === '1';
const { executablePath, env } = findChromium();

// Every story starts its own server on a free port, so there is no webServer here.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They bring their own browsers: e2e/engines/playwright.config.ts.
  testIgnore: 'engines/**',
  // Playwright empties this folder; the reports of the tally lie beside it.
  outputDir: 'test-results/browser',
  // What stories are tagged with is told in e2e/support/story.ts.
  ...(isAll ? {} : { grepInvert: /@all/u }),
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try has found something: no retries.
  retries: 0,
  forbidOnly: process.env['SNUG_CI'] === '1',
  timeout: isAll ? 180_000 : 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    // It takes a tenth of the time; who has to see a failure again has it with --trace.
    trace: isAll ? 'retain-on-failure' : 'off',
    launchOptions: { executablePath, env, args: CHROMIUM_ARGS },
  },
});
