import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { compressFolder } from './compress.mjs';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'snug-compress-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'assets'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('brotli and gzip lie beside every text, in every folder, and hold the same', async () => {
  const text = 'export const a = 1;\n'.repeat(50);
  const folder = folderWith({ 'assets/a.js': text, 'a.css': text, 'a.svg': text });
  await compressFolder(folder);
  for (const name of ['assets/a.js', 'a.css', 'a.svg']) {
    expect(brotliDecompressSync(readFileSync(join(folder, `${name}.br`))).toString()).toBe(text);
    expect(gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString()).toBe(text);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  }
});

test('what would not become smaller, fonts, pictures and source maps stay alone', async () => {
  const text = 'a'.repeat(1_000);
  const folder = folderWith({ 'a.js': 'a', 'a.woff2': text, 'a.png': text, 'a.js.map': text });
  await compressFolder(folder);
  expect(readdirSync(folder).sort()).toEqual(['a.js', 'a.js.map', 'a.png', 'a.woff2', 'assets']);
});
