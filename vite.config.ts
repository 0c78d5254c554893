import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { compressFolder } from './tools/compress.mjs';
import { emojiList } from './tools/emoji-list.mjs';
import { twoTransports } from './tools/transports.mjs';

const FONTS = ['@fontsource-variable/atkinson-hyperlegible-next', '@fontsource-variable/atkinson-hyperlegible-mono'];

/** Whoever hands the fonts on hands their licence on with them. */
function fontsLicense(): Plugin {
  return {
    name: 'fonts-license',
    generateBundle() {
      const { resolve } = createRequire(import.meta.url);
      const source = FONTS.map((name) => readFileSync(resolve(`${name}/LICENSE`), 'utf8').trim()).join('\n\n\n');
      this.emitFile({ type: 'asset', fileName: 'fonts-license.txt', source: `${source}\n` });
    },
  };
}

/** Beside every text, what a server sends instead. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    async closeBundle() {
      await compressFolder(folder);
    },
  };
}

// The server renders every page and reads the file names from the manifest, so there are no HTML entries.
// The keys of the manifest are relative to web/: "login.tsx" and "chat.tsx".
export default defineConfig({
  root: 'web',
  // Everything in web/public (icons, the name card) keeps its name and lies at the root of the site.
  publicDir: 'public',
  clearScreen: false,
  plugins: [fontsLicense(), emojiList(), twoTransports(), compressed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Modules, as the pages are: the policy lets nothing in that is written into a script.
  worker: { format: 'es' },
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
    // One file for all pages: one request less for each, and whoever comes in has the room's style from the login page.
    cssCodeSplit: false,
    rolldownOptions: {
      // The worker is a build within the build, and takes the time of one.
      checks: { pluginTimings: false },
      input: { login: 'web/login.tsx', chat: 'web/chat.tsx' },
      // What parts that are loaded later have in common with the chat page stays in its one file: by itself the bundler gives
      // it more, and each is a request more of a first visit. `both`: what the login page needs as well.
      // `later`: what is small and seldom needed, in one file as well, which comes once the page can be used.
      output: {
        codeSplitting: {
          groups: [
            { name: 'both', test: /protocol\/names\.ts$|\.css$/u, priority: 2 },
            { name: 'chat', test: /web\/chat\.tsx$/u, priority: 1 },
            {
              name: 'later',
              test: /web\/(notifier\.ts|other-rooms\.ts|controls\/long-press\.ts|views\/(over-room|pins-panel|date-dialog|room-menu-list)\.tsx)$/u,
            },
          ],
        },
      },
    },
  },
});
