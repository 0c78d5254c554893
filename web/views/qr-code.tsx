// Loaded when a code is first shown: see qr-code-slot.tsx.
import type { VNode } from 'preact';
import { encode } from 'uqr';

/** The quiet zone that the standard asks for around it, in modules. */
const QUIET = 4;

/** A QR code as one path of squares. */
export function QrCode({ text }: { text: string }): VNode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
      <path d={squares(data)} />
    </svg>
  );
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
