// What README.md and its like name of the project: files and folders in links, in code and in plain words, and commands.
import { posix } from 'node:path';

export interface Project {
  /** From the root on. */
  readonly files: readonly string[];
  /** The names of package.json. */
  readonly scripts: readonly string[];
}

const LINK = /\]\(([^)\s]+)\)/gu;
const COMMAND = /\bnpm (?:run ([\w:]+)|(start|test)\b)/gu;
const ADDRESS = /[a-z]+:\/\/\S+/gu;
const WORD = /[\w.*@/-]+/gu;
const ENDING = /[\w*]\.(?:md|tsx?|mjs|json|py|css|png|sh)$/u;

/** A sentence for each name that leads nowhere. `page` is where the text stands. */
export function deadNames(page: string, text: string, { files, scripts }: Project): string[] {
  const links = [...text.matchAll(LINK)].map(([, target = '']) => target.replace(/#.*/u, '')).filter(isOurs);
  const commands = [...text.matchAll(COMMAND)].map(([, run, own]) => run ?? own ?? '');
  const dead = [
    ...links.filter((link) => !files.includes(posix.join(posix.dirname(page), link))),
    ...pathsIn(text, files).filter((path) => !isThere(path, files)),
    ...commands.filter((name) => !scripts.includes(name)).map((name) => `npm run ${name}`),
  ];
  return [...new Set(dead)].map((name) => `${page} names ${name}, and there is none`);
}

function isOurs(target: string): boolean {
  return target !== '' && !/^[a-z]+:/u.test(target);
}

/** Words that begin with a folder of the root, or end as our files do. A page may leave out what is clear from its words. */
function pathsIn(text: string, files: readonly string[]): string[] {
  const roots = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/', 1)[0]));
  const words = [...text.replaceAll(ADDRESS, ' ').matchAll(WORD)].map(([word]) => word.replace(/\.+$/u, ''));
  const paths = words.map((word) => word.replace(/^(?:\.{1,2}\/)+/u, '').replace(/\/\*{0,2}$/u, ''));
  return paths.filter(
    (path) => !path.startsWith('/') && (ENDING.test(path) || (path.includes('/') && roots.has(path.split('/', 1)[0]))),
  );
}

/** Whole, or the end of one; a star stands for a part of a name; `server/log/batches` for the module. */
function isThere(path: string, files: readonly string[]): boolean {
  const pattern = path.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
  const found = new RegExp(`(?:^|/)${pattern}(?:$|/|\\.tsx?$)`, 'u');
  return files.some((file) => found.test(file));
}
