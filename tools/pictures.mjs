// Draws the pictures in web/public that cannot be drawn in the browser: the name card of shared links and the icon of home
// screens. By hand, after the look has changed: `CHROMIUM_PATH=… node tools/pictures.mjs`. What it draws is checked in.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const FONT = readFileSync(
  new URL(
    '../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
    import.meta.url,
  ),
).toString('base64');

// As in web/styles/tokens.css by day, and the hues of three people.
const STYLE = `
  @font-face { font-family: Next; font-weight: 200 800; src: url(data:font/woff2;base64,${FONT}) }
  * { margin: 0; box-sizing: border-box }
  body { background: #fbfaf7; color: #1d2229; font-family: Next }
  .card { width: 1200px; height: 630px; padding: 0 88px; display: grid; grid-template-columns: 1fr 432px; align-items: center; gap: 88px }
  .wordmark { display: inline-block; font-size: 132px; line-height: 1.1; font-weight: 600; letter-spacing: -0.02em; padding-bottom: 10px; border-bottom: 12px solid #c0401f }
  .sentence { margin-top: 44px; font-size: 42px; line-height: 1.35; color: #50565e }
  svg { display: block }
  .icon { width: 180px; height: 180px; background: #006f6f }
`;

const SPEAKERS = [
  { hue: 215, figure: 'M6 26V6a20 20 0 0 1 20 20Z', lines: [92, 232, 184] },
  { hue: 335, figure: 'M6 6h10a10 10 0 0 1 0 20H6Z', lines: [72, 208] },
  { hue: 140, figure: 'M6 16 16 6l10 10H16v10Z', lines: [104, 240, 136] },
];

function conversation() {
  let top = 0;
  const groups = SPEAKERS.map(({ hue, figure, lines }) => {
    const colour = `oklch(0.49 0.115 ${hue})`;
    const [name = 0, ...texts] = lines;
    const rows = texts.map(
      (width, index) => `<rect x="48" y="${28 + index * 24}" width="${width}" height="10" rx="5" fill="#dcd9d2"/>`,
    );
    const group = `<g transform="translate(0 ${top})"><rect width="32" height="32" rx="8" fill="oklch(0.92 0.03 ${hue})"/>
      <path d="${figure}" fill="${colour}"/><rect x="48" y="4" width="${name}" height="10" rx="5" fill="${colour}"/>${rows.join('')}</g>`;
    top += 28 + texts.length * 24 + 28;
    return group;
  });
  return `<svg viewBox="0 0 288 ${top}" width="432" height="${top * 1.5}">${groups.join('')}
    <rect x="48" y="${top - 14}" width="120" height="10" rx="5" fill="#c0401f"/></svg>`;
}

const PICTURES = [
  {
    file: 'card.png',
    width: 1200,
    height: 630,
    body: `<div class="card"><div><span class="wordmark">Snug</span><p class="sentence">Give a name<br>and a room, and talk.</p></div>${conversation()}</div>`,
  },
  {
    file: 'apple-touch-icon.png',
    width: 180,
    height: 180,
    // Whole to its corners: the home screen rounds them itself.
    body: `<div class="icon">${readFileSync(new URL('../web/public/favicon.svg', import.meta.url), 'utf8')}</div>`,
  },
];

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--disable-lcd-text'],
});
for (const { file, width, height, body } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<!doctype html><style>${STYLE}</style><body>${body}`);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: fileURLToPath(new URL(`../web/public/${file}`, import.meta.url)) });
}
await browser.close();
