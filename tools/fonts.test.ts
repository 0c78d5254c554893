// web/styles/fonts.css names the files of two packages by hand: this keeps it true when they change.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const MODULES = new URL('../node_modules/', import.meta.url);
const css = readFileSync(new URL('../web/styles/fonts.css', import.meta.url), 'utf8');
const faces = css.split('@font-face').slice(1);
const loaded = faces.filter((face) => face.includes('url('));

function partOf(face: string, property: string): string {
  return new RegExp(`${property}:\\s*([^;]+);`, 'u').exec(face)?.[1]?.replace(/\s+/gu, ' ').trim() ?? '';
}

describe.each(loaded.map((face) => [/url\("([^"]+)"\)/u.exec(face)?.[1] ?? '', face] as const))('%s', (file, face) => {
  test('is there, and is the one that its family and style say', () => {
    expect(existsSync(new URL(file, MODULES))).toBe(true);
    const family = file.includes('-mono/') ? 'Atkinson Hyperlegible Mono' : 'Atkinson Hyperlegible Next';
    expect(partOf(face, 'font-family')).toBe(`"${family}"`);
    expect(partOf(face, 'font-style')).toBe(file.includes('italic') ? 'italic' : 'normal');
  });

  test('is asked for by the letters that are in it, and by no others', () => {
    const ranges: Record<string, string> = JSON.parse(
      readFileSync(new URL(`${file.split('/').slice(0, 2).join('/')}/unicode.json`, MODULES), 'utf8'),
    );
    const subset = file.includes('-latin-ext-') ? 'latin-ext' : 'latin';
    expect(partOf(face, 'unicode-range').replaceAll(' ', '')).toBe(ranges[subset]);
  });

  test('moves nothing when it comes late', () => {
    expect(partOf(face, 'font-display')).toBe('optional');
  });
});

test('what stands for the font meanwhile is as high as it is, in both weights', () => {
  const fallbacks = faces.filter((face) => face.includes('local('));
  expect(fallbacks).toHaveLength(2);
  for (const face of fallbacks) {
    const adjusted = Number.parseFloat(partOf(face, 'size-adjust')) / 100;
    expect((Number.parseFloat(partOf(face, 'ascent-override')) / 100) * adjusted).toBeCloseTo(0.984, 2);
    expect((Number.parseFloat(partOf(face, 'descent-override')) / 100) * adjusted).toBeCloseTo(0.316, 2);
  }
  const tokens = readFileSync(new URL('../web/styles/tokens.css', import.meta.url), 'utf8');
  expect(tokens).toContain('--font: "Atkinson Hyperlegible Next", "Snug Fallback", ');
});
