import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deadNames } from './page-names.ts';
import { PROJECT, projectFiles } from './project-files.ts';

const files = projectFiles();
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(PROJECT, 'package.json'), 'utf8'),
);
const project = { files, scripts: Object.keys(scripts) };
const SMALL = { files: ['README.md', 'docs/safety.md', 'server/log/batches.ts', 'web/chat.tsx'], scripts: ['start'] };

const pages = files.filter((file) => /^(docs\/.*|[^/]+)\.md$/u.test(file));

test.each(pages)('every file, folder and command that %s names is there', (page) => {
  expect(deadNames(page, readFileSync(join(PROJECT, page), 'utf8'), project)).toEqual([]);
});

test.each([
  ['[a link](docs/safety.md#limits), [another](https://example.org/docs/gone.md)'],
  ['in words, docs/safety.md.'],
  ['`log/batches.ts`, `batches.ts`, `server/log/batches`, `server/log`, `server/`, `web/*.tsx`, `./chat.tsx`'],
  ['`npm start`, npm writes its list, `npm ci`'],
  ['an address: /docs/gone.md, http://localhost:5000/server/gone'],
])('what is there is not complained of: %s', (text) => {
  expect(deadNames('README.md', text, SMALL)).toEqual([]);
});

test.each([
  ['README.md', '[a link](docs/gone.md)', 'docs/gone.md'],
  ['docs/safety.md', '[from another folder](docs/safety.md)', 'docs/safety.md'],
  ['README.md', 'in words, docs/gone.md.', 'docs/gone.md'],
  ['README.md', '`log/cursors.ts`', 'log/cursors.ts'],
  ['README.md', '`server/log/batch`', 'server/log/batch'],
  ['README.md', '`web/gone/`', 'web/gone'],
  ['README.md', '`web/*.css`', 'web/*.css'],
  ['README.md', '    npm run test:all', 'npm run test:all'],
  ['README.md', 'and `npm test`', 'npm run test'],
])('%s, with %s, names what is not there', (page, text, name) => {
  expect(deadNames(page, text, SMALL)).toEqual([`${page} names ${name}, and there is none`]);
});
