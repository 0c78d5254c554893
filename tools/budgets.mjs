// The budgets of design/experience.md, and whether a first load keeps them.

/** @typedef {import('./first-load.mjs').FirstLoad} FirstLoad */
/** @typedef {{ page: 'login' | 'chat', what: keyof FirstLoad, most: number }} Budget */
/** @typedef {Budget & { actual: number, isKept: boolean }} Line */

const KB = 1000;

/** Bytes in gzip; the font is compressed in itself. @type {Budget[]} */
export const BUDGETS = [
  { page: 'login', what: 'script', most: 8 * KB },
  { page: 'login', what: 'style', most: 14 * KB },
  { page: 'login', what: 'font', most: 36 * KB },
  { page: 'login', what: 'requests', most: 6 },
  { page: 'chat', what: 'script', most: 75 * KB },
  { page: 'chat', what: 'style', most: 14 * KB },
  { page: 'chat', what: 'font', most: 36 * KB },
  { page: 'chat', what: 'requests', most: 6 },
];

/** @param {{ login: FirstLoad, chat: FirstLoad }} measured @returns {Line[]} */
export function compare(measured) {
  return BUDGETS.map((budget) => {
    const actual = measured[budget.page][budget.what];
    return { ...budget, actual, isKept: actual <= budget.most };
  });
}

/** @param {Line[]} lines */
export function tableOf(lines) {
  const rows = lines.map(({ page, what, most, actual, isKept }) => [
    page,
    what,
    shown(what, most),
    shown(what, actual),
    isKept ? 'kept' : 'EXCEEDED',
  ]);
  const all = [['page', 'what', 'budget', 'actual', 'verdict'], ...rows];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

const WIDTHS = [8, 10, 10, 10, 8];

/** @param {Budget['what']} what @param {number} amount */
function shown(what, amount) {
  return what === 'requests' ? String(amount) : `${(amount / KB).toFixed(1)} kB`;
}
