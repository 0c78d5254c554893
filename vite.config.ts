import { defineConfig } from 'vite';

// The server renders every page and reads the file names from the manifest, so there are no HTML entries.
// The keys of the manifest are relative to web/: "login.tsx" and "chat.tsx".
export default defineConfig({
  root: 'web',
  // Everything in web/public (the icon) keeps its name and lies at the root of the site.
  publicDir: 'public',
  clearScreen: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    sourcemap: true,
    target: 'baseline-widely-available',
    // Its polyfill would be one more script to allow; every browser of the target knows modulepreload.
    modulePreload: { polyfill: false },
    // A file turned into a data: address would need data: in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { login: 'web/login.tsx', chat: 'web/chat.tsx' },
    },
  },
});
