import { defineConfig } from '@playwright/test';
import browserTests from '../../playwright.config.ts';

// By hand, after the look has changed: `npx playwright test --config e2e/pictures/playwright.config.ts`. Nothing is
// checked: the pictures lie in test-results/screenshots, to be looked at one by one.
export default defineConfig(browserTests, {
  testDir: '.',
  testMatch: '**/*.pictures.ts',
  testIgnore: [],
  outputDir: '../../test-results/pictures',
  timeout: 300_000,
});
