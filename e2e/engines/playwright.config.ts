import { defineConfig } from '@playwright/test';

// Engines that are driven by their own protocols: no browser of Playwright's.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/engines',
  workers: 1,
  retries: 0,
  forbidOnly: process.env['SNUG_CI'] === '1',
  timeout: 120_000,
  expect: { timeout: 15_000 },
});
