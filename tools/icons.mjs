// Writes web/views/icon-paths.ts and later-icon-paths.ts: the outlines of the icons in use, from lucide-static. After adding a name, run
// `node tools/icons.mjs`; icons.test.ts says when that was forgotten.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What we call an icon, and what lucide does. */
export const NAMES = {
  alert: 'circle-alert',
  back: 'arrow-left',
  bell: 'bell',
  check: 'check',
  clock: 'clock',
  close: 'x',
  copy: 'copy',
  down: 'arrow-down',
  find: 'search',
  format: 'a-large-small',
  join: 'plus',
  leave: 'door-open',
  more: 'ellipsis-vertical',
  people: 'users',
  pin: 'pin',
  react: 'face-slightly-smiling-plus',
  reply: 'reply',
  rewrite: 'pencil',
  search: 'search',
  room: 'hash',
  rooms: 'panel-left',
  send: 'arrow-up',
  smile: 'face-slightly-smiling',
  up: 'arrow-up',
};

/** Those that only parts which are loaded later show. */
export const LATER_NAMES = {
  bellOff: 'bell-off',
  bold: 'bold',
  calendar: 'calendar',
  code: 'code',
  dark: 'moon',
  devices: 'monitor-smartphone',
  direct: 'message-circle',
  earlier: 'clock-fading',
  eye: 'eye',
  giveUp: 'user-minus',
  invite: 'user-plus',
  italic: 'italic',
  keyboard: 'keyboard',
  light: 'sun',
  link: 'link',
  list: 'list',
  quote: 'text-quote',
  remove: 'trash',
  settings: 'settings',
  signOut: 'log-out',
  spoiler: 'eye-off',
  strike: 'strikethrough',
  system: 'monitor',
  topic: 'square-pen',
  unpin: 'pin-off',
  unread: 'mail',
};

/** @param {string} name */
const fileOf = (name) => fileURLToPath(new URL(`../web/views/${name}`, import.meta.url));
const NODES = fileURLToPath(new URL('../node_modules/lucide-static/icon-nodes.json', import.meta.url));

/** @param {string} table what the source calls it @param {Record<string, string>} names @returns {string} the source of a file in web/views */
export function iconSource(table, names) {
  /** @type {Record<string, [string, Record<string, string>][]>} */
  const nodes = JSON.parse(readFileSync(NODES, 'utf8'));
  const lines = Object.entries(names).map(([name, lucide]) => {
    const shapes = nodes[lucide];
    if (!shapes) throw new Error(`lucide-static has no icon "${lucide}" (${name})`);
    const path = shapes.map(([kind, attributes]) => pathOf(kind, attributes)).join('');
    return `  ${name}: '${path}',`;
  });
  return `// biome-ignore-all format: one line for each icon
// Made by tools/icons.mjs from lucide-static (ISC licence), on a square of 24.
export const ${table} = {
${lines.join('\n')}
} as const;
`;
}

/** One path instead of circles, lines and rectangles: less to load and to draw. @param {string} kind @param {Record<string, string>} given */
export function pathOf(kind, given) {
  const at = (/** @type {string} */ name) => Number(given[name] ?? 0);
  switch (kind) {
    case 'path':
      return absoluteStart(given['d'] ?? '');
    case 'line':
      return `M${at('x1')} ${at('y1')} ${at('x2')} ${at('y2')}`;
    case 'circle':
      return `M${at('cx') - at('r')} ${at('cy')}a${at('r')} ${at('r')} 0 1 0 ${2 * at('r')} 0 ${at('r')} ${at('r')} 0 1 0 ${-2 * at('r')} 0`;
    case 'rect':
      return rectangle(at('x'), at('y'), at('width'), at('height'), at('rx'));
    default:
      throw new Error(`An icon has a ${kind}, which is not made into a path yet`);
  }
}

/** A relative beginning would start from where the path before it ended; the lines that follow it stay relative. @param {string} d */
function absoluteStart(d) {
  return d.replace(/^m(-?[\d.]+[ ,]?-?[\d.]+)\s*(?=[-\d.])/, 'M$1l').replace(/^m/, 'M');
}

/** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} r */
function rectangle(x, y, width, height, r) {
  const corner = (/** @type {string} */ to) => (r === 0 ? '' : `a${r} ${r} 0 0 1 ${to}`);
  const [across, down] = [width - 2 * r, height - 2 * r];
  const start = `M${x + r} ${y}h${across}${corner(`${r} ${r}`)}v${down}${corner(`${-r} ${r}`)}`;
  return `${start}h${-across}${corner(`${-r} ${-r}`)}v${-down}${corner(`${r} ${-r}`)}z`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileOf('icon-paths.ts'), iconSource('ICON_PATHS', NAMES));
  writeFileSync(fileOf('later-icon-paths.ts'), iconSource('LATER_ICON_PATHS', LATER_NAMES));
}
