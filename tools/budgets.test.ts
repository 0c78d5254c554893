import { describe, expect, test } from 'vitest';
import { BUDGETS, compare, tableOf } from './budgets.mjs';
import { fetchedBy, measureFirstLoad } from './first-load.mjs';

const small = { script: 1_000, style: 1_000, font: 1_000, requests: 1 };

test('a first visit to the built pages keeps every budget', async () => {
  const lines = compare(await measureFirstLoad());
  expect(lines).toHaveLength(8);
  for (const { actual } of lines) expect(actual).toBeGreaterThan(0);
  expect(tableOf(lines)).not.toContain('EXCEEDED');
});

describe('a budget', () => {
  test.each(BUDGETS.map((budget) => [budget.page, budget.what, budget.most] as const))(
    'of %s, %s, is kept up to its last unit and not one further',
    (page, what, most) => {
      const lineFor = (amount: number) =>
        compare({ login: small, chat: small, [page]: { ...small, [what]: amount } }).filter(({ isKept }) => !isKept);
      expect(lineFor(most)).toEqual([]);
      expect(lineFor(most + 1)).toMatchObject([{ page, what, most, actual: most + 1 }]);
    },
  );

  test('is shown beside what is', () => {
    const table = tableOf(compare({ login: small, chat: { ...small, script: 75_100 } })).split('\n');
    expect(table[0]).toBe('page    what      budget    actual    verdict');
    expect(table[5]).toBe('chat    script    75.0 kB   75.1 kB   EXCEEDED');
    expect(table[8]).toBe('chat    requests  6         1         kept');
  });
});

test('what a page has fetched at once is found in its head, whatever the order of the attributes', () => {
  const html = `<link rel="icon" href="/i.svg"/><link href="/s.css" rel="stylesheet"/><link rel="modulepreload" href="/m.js"/>
    <link rel="preload" href="/f.woff2" as="font"/><link rel="manifest" href="/m"/><script type="module" src="/a.js"></script>`;
  expect(fetchedBy(html)).toEqual([
    { kind: 'style', path: '/s.css' },
    { kind: 'script', path: '/m.js' },
    { kind: 'font', path: '/f.woff2' },
    { kind: 'script', path: '/a.js' },
  ]);
});
