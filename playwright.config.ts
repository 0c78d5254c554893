import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './e2e/support/chromium.ts';

const { executablePath, env } = findChromium();

// Every story starts its own server on a free port, so there is no webServer here.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They bring their own browsers: e2e/engines/playwright.config.ts.
  testIgnore: 'engines/**',
  // Playwright empties this folder; the reports of the tally lie beside it.
  outputDir: 'test-results/browser',
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try has found something: no retries.
  retries: 0,
  forbidOnly: process.env['SNUG_CI'] === '1',
  timeout: process.env['SNUG_TEST_ALL'] === '1' ? 180_000 : 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: { executablePath, env, args: CHROMIUM_ARGS },
  },
});
