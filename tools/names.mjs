// What a file or folder here may not be called, and which words no page may contain.
import { basename } from 'node:path';

const EMPTY_NAMES = ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'lib', 'shared'];
const EMPTY_ENDINGS = ['service', 'services', 'manager', 'managers'];
const KEBAB = /^\.?[a-z0-9]+([-.][a-z0-9]+)*$/;
// These names are given by their programs or by custom.
const GIVEN = /^(README|ARCHITECTURE|PROTOCOL|CONTRIBUTING|GOTCHAS|CHANGELOG|SECURITY)\.md$|^LICENSE$/;
const HTML_STRINGS =
  /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|setHTMLUnsafe|srcdoc|createContextualFragment|parseFromString|parseHTMLUnsafe)\b/;

/** @param {string} path @returns {string | undefined} what is wrong with one of its names */
export function nameProblem(path) {
  for (const part of path.split('/')) {
    const words = part.toLowerCase().replace(/^\./, '').split(/[-.]/);
    const stem = words[0] ?? '';
    if (EMPTY_NAMES.includes(stem)) return `"${part}" says nothing about what is inside`;
    if (words.some((word) => EMPTY_ENDINGS.includes(word))) return `"${part}" has not found its noun`;
    if (!KEBAB.test(part) && !GIVEN.test(part)) return `"${part}" is not kebab-case`;
  }
  return undefined;
}

/** @param {string} path @param {string} source */
export function htmlProblem(path, source) {
  const word = HTML_STRINGS.exec(source)?.[1];
  return word && /\.tsx?$/.test(path)
    ? `${basename(path)} uses ${word}: text becomes nodes, never a string`
    : undefined;
}
