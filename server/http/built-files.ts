// What the bundler made of web/: which files a page needs, and the files themselves.
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { StartProblem } from '../start-problem.ts';
import type { Assets } from './pages/page.tsx';

export interface BuiltFiles {
  readonly folder: string;
  readonly login: Assets;
  readonly chat: Assets;
}

const manifest = z.record(z.string(), z.object({ file: z.string(), imports: z.array(z.string()).default([]) }));
type Manifest = z.infer<typeof manifest>;

/** One file for all pages (`cssCodeSplit` in vite.config.ts). */
const STYLE = 'style.css';
/** What nearly every text needs; the other files of the typeface load when a text needs them. */
const FONT = 'atkinson-hyperlegible-next-latin-wght-normal.woff2';

/** Reads Vite's manifest, once. Throws StartProblem when nothing was built. */
export function readBuiltFiles(folder: string): BuiltFiles {
  const built = readManifest(folder);
  return { folder, login: assetsOf(built, 'login.tsx'), chat: assetsOf(built, 'chat.tsx') };
}

function readManifest(folder: string): Manifest {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')));
  } catch {
    throw new StartProblem(
      'The pages are not built. Start with `npm start`, which builds them, or run `npm run build` first.',
    );
  }
}

/** What the script imports is named too, so that it is fetched at the same time. */
function assetsOf(built: Manifest, entry: string): Assets {
  const reached = new Set<string>();
  reach(built, entry, reached);
  const [own, ...imported] = [...reached].map((key) => built[key]).filter((chunk) => chunk !== undefined);
  if (!own) throw incomplete(entry);
  return {
    script: `/${own.file}`,
    styles: [fileOf(built, STYLE)],
    preloads: imported.map((chunk) => `/${chunk.file}`),
    font: fileOf(built, FONT),
  };
}

/** The keys of what lies outside web/ begin with the way there. */
function fileOf(built: Manifest, name: string): string {
  const found = Object.entries(built).find(([key]) => key === name || key.endsWith(`/${name}`));
  if (!found) throw incomplete(name);
  return `/${found[1].file}`;
}

function incomplete(missing: string): StartProblem {
  return new StartProblem(`The pages are not built as they should be: ${missing} is missing. Run \`npm run build\`.`);
}

function reach(built: Manifest, key: string, reached: Set<string>): void {
  if (reached.has(key)) return;
  reached.add(key);
  for (const next of built[key]?.imports ?? []) reach(built, next, reached);
}

/** A name under assets/ holds a hash of its content: it never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const AN_HOUR = 'public, max-age=3600';

export async function serveBuiltFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(async (files) => {
    files.addHook('onRoute', (route) => void (route.config = { ...route.config, costs: 'files' }));
    await files.register(staticFiles, {
      root: folder,
      // A route for each file there is now, instead of a path from whoever asks.
      wildcard: false,
      index: false,
      cacheControl: false,
      // Brotli and gzip lie beside a file where the build made them smaller: the browser chooses by what it accepts.
      preCompressed: true,
      globIgnore: ['**/*.br', '**/*.gz'],
      setHeaders: (reply, path) => {
        reply.header('cache-control', relative(folder, path).startsWith(`assets${sep}`) ? FOR_EVER : AN_HOUR);
      },
    });
  });
}
