import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { htmlProblem, nameProblem } from './names.mjs';
import { PROJECT, projectFiles } from './project-files.ts';

test.each([
  'server/utils.ts',
  'web/lib/a.ts',
  'server/room-manager.ts',
  'server/user.service.ts',
  'web/helpers/a.ts',
  'web/ChatView.tsx',
  'server/misc.test.ts',
  'shared/a.ts',
])('%s is refused as a name', (path) => {
  expect(nameProblem(path)).toBeDefined();
});

test.each([
  'server/store/store.contract.ts',
  'README.md',
  '.ci/run',
  'server/http/pages/login.tsx',
  'web/styles/room.module.css',
])('%s is a good name', (path) => {
  expect(nameProblem(path)).toBeUndefined();
});

test('every file and folder has a name that says something', () => {
  expect(
    projectFiles()
      .map((path) => nameProblem(path))
      .filter(Boolean),
  ).toEqual([]);
});

test('a string of HTML is noticed, also as an attribute or by way of a parser', () => {
  expect(htmlProblem('web/views/a.ts', "new DOMParser().parseFromString(x, 'text/html')")).toBeDefined();
  expect(htmlProblem('web/views/a.ts', 'range.createContextualFragment(x)')).toBeDefined();
  expect(htmlProblem('web/views/a.tsx', '<p dangerouslySetInnerHTML={x} />')).toBeDefined();
  expect(htmlProblem('web/views/a.tsx', '<p innerHTML={x} />')).toBeDefined();
});

test('no page is made from strings of HTML', () => {
  const sources = projectFiles().filter((path) => /^(web|server)\/.*\.tsx?$/.test(path) && !path.includes('.test.'));
  expect(sources.map((path) => htmlProblem(path, readFileSync(join(PROJECT, path), 'utf8'))).filter(Boolean)).toEqual(
    [],
  );
});
