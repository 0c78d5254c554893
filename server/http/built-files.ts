// What the bundler made of web/: which files a page needs, and the files themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const manifest = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).default([]), imports: z.array(z.string()).default([]) }),
);
type Manifest = z.infer<typeof manifest>;

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
  if (!own)
    throw new StartProblem(`The pages are not built as they should be: ${entry} is missing. Run \`npm run build\`.`);
  return {
    script: `/${own.file}`,
    styles: [...new Set([...imported, own].flatMap((chunk) => chunk.css))].map((file) => `/${file}`),
    preloads: imported.map((chunk) => `/${chunk.file}`),
  };
}

function reach(built: Manifest, key: string, reached: Set<string>): void {
  if (reached.has(key)) return;
  reached.add(key);
  for (const next of built[key]?.imports ?? []) reach(built, next, reached);
}

/** A name under /assets/ holds a hash of its content: it never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const AN_HOUR = 'public, max-age=3600';

export async function serveBuiltFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(staticFiles, {
    root: folder,
    // A route for each file there is now, instead of a path from whoever asks.
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? FOR_EVER : AN_HOUR);
    },
  });
}
