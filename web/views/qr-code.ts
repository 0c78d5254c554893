// Loaded when a code is first shown: see qr-code-slot.tsx.
import { encode } from 'uqr';

/** The quiet zone that the standard asks for around it, in modules. */
const QUIET = 4;

/** As one path of squares, in a square of `size` by `size`. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  return { size, path: squares(data) };
}

/** Each run of dark modules in a row is one rectangle. */
export function squares(data: readonly (readonly boolean[])[]): string {
  return data
    .flatMap((row, y) => row.map((isDark, x) => (isDark && row[x - 1] !== true ? run(row, x, y) : '')))
    .join('');
}

function run(row: readonly boolean[], from: number, y: number): string {
  const end = row.indexOf(false, from);
  const length = (end < 0 ? row.length : end) - from;
  return `M${from} ${y}h${length}v1h-${length}z`;
}
