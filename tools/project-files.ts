import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const MADE = /^(node_modules|dist(\..*)?|\.git|\.snug|data|test-results|coverage)$/;

/** Every file that somebody wrote, from the root on. Not from git's list: a downloaded archive has none. */
export function projectFiles(folder = ''): string[] {
  const entries = readdirSync(join(PROJECT, folder), { withFileTypes: true }).filter(({ name }) => !MADE.test(name));
  return entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? projectFiles(path) : [path];
  });
}
