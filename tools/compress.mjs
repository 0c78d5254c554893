// Lays brotli and gzip beside what a server sends as text, once, so that serving costs nothing and is small as can be.
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import zopfli from '@gfx/zopfli';

// Fonts and pictures are compressed in themselves. Source maps are for developer tools alone.
const TEXTS = new Set(['.js', '.css', '.svg', '.txt', '.webmanifest']);

/** Of 237 kB of script zlib's best makes 79.5 kB, one turn 76.5, three 76.4, fifteen 76.4. */
const TURNS = 3;
const toBrotli = promisify(brotliCompress);

/** Only where it makes a file smaller. @param {string} folder */
export async function compressFolder(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => TEXTS.has(extname(path)));
  await Promise.all(files.map((path) => compressFile(join(folder, path))));
}

/** @param {string} path */
async function compressFile(path) {
  const plain = await readFile(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const [brotli, zipped] = await Promise.all([
    toBrotli(plain, { params }),
    zopfli.gzipAsync(plain, { numiterations: TURNS }),
  ]);
  if (brotli.length < plain.length) await writeFile(`${path}.br`, brotli);
  if (zipped.length < plain.length) await writeFile(`${path}.gz`, zipped);
}
