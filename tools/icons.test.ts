import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { iconSource, LATER_NAMES, NAMES, pathOf } from './icons.mjs';

test.each([
  ['icon-paths.ts', 'ICON_PATHS', NAMES],
  ['later-icon-paths.ts', 'LATER_ICON_PATHS', LATER_NAMES],
])('the icons in web/ are those that `node tools/icons.mjs` makes: %s', (name, table, names) => {
  const file = fileURLToPath(new URL(`../web/views/${name}`, import.meta.url));
  expect(readFileSync(file, 'utf8')).toBe(iconSource(table, names));
});

test('circles, lines and rectangles become paths', () => {
  expect(pathOf('line', { x1: '1', y1: '2', x2: '3', y2: '4' })).toBe('M1 2 3 4');
  expect(pathOf('circle', { cx: '9', cy: '7', r: '4' })).toBe('M5 7a4 4 0 1 0 8 0 4 4 0 1 0 -8 0');
  expect(pathOf('rect', { x: '2', y: '3', width: '20', height: '14', rx: '2' })).toBe(
    'M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2z',
  );
  expect(() => pathOf('polygon', {})).toThrow('polygon');
});

test('a path with a relative beginning starts where it would start alone', () => {
  expect(pathOf('path', { d: 'm12 19-7-7 7-7' })).toBe('M12 19l-7-7 7-7');
  expect(pathOf('path', { d: 'm6 6 12 12' })).toBe('M6 6l12 12');
  expect(pathOf('path', { d: 'm1 2h3' })).toBe('M1 2h3');
});
