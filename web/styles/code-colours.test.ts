// axe sees no colours that are laid over a text: here they are measured.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CODE_COLOURS } from '../markup/coloured-part.ts';

const tokens = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const styles = readFileSync(new URL('./code.css', import.meta.url), 'utf8');
/** WCAG 2.2, 1.4.3, level AA. */
const LEAST = 4.5;

function valueOf(token: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`${token}: (.+);`, 'u').exec(tokens)?.[1] ?? '';
  const other = /^var\((.+)\)$/u.exec(value)?.[1];
  if (other !== undefined) return valueOf(other, theme);
  const [, light = '', dark = ''] = /^light-dark\((#\w{6}), (#\w{6})\)$/u.exec(value) ?? [];
  return theme === 'light' ? light : dark;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each(['light', 'dark'] as const)('on the ground of code, %s,', (theme) => {
  test.each(CODE_COLOURS)('a %s can be read', (colour) => {
    expect(contrast(valueOf(`--code-${colour}`, theme), valueOf('--code', theme))).toBeGreaterThanOrEqual(LEAST);
    expect(styles).toContain(`::highlight(code-${colour})`);
  });
});

test('contrast is what WCAG says it is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
