// Which rows are in the document. All of a long room in it would make every frame slow; fewer, and Ctrl+F, a selection and
// a screen reader would find nothing. So there is a span of many screens around what one reads, and it goes along.
import type { Seq } from '../../protocol/ids.ts';
import type { Span } from '../state/room-state.ts';
import { dayAbove, type Row } from './rows.ts';

/** In the document at most. */
export const MOST_ROWS = 300;
/**
 * A span may end in a day or a divider, which are one with the line below them, or begin below one; and a day is put above
 * the first.
 */
const MOST = MOST_ROWS - 4;
/** So many come in at once: about two screens, and no more than a frame can bear. */
const STEP = 50;

/** `span` undefined: the newest. */
export function drawnRows(rows: readonly Row[], span: Span | undefined): readonly Row[] {
  const drawn =
    span === undefined ? rows.slice(-MOST) : rows.filter(({ from, to }) => to >= span.from && from <= span.to);
  const [first] = drawn;
  return first === undefined || first.kind === 'day' || first.kind === 'hole' ? drawn : [dayAbove(first), ...drawn];
}

export function spanOf(rows: readonly Row[]): Span | undefined {
  const first = rows[0];
  const last = rows.at(-1);
  return first && last && { from: first.from, to: last.to };
}

/** A span around a message, a step to both sides of it; undefined where it is not among the rows. */
export function spanAround(rows: readonly Row[], seq: Seq): Span | undefined {
  const at = rows.findIndex(({ kind, from }) => kind === 'message' && from === seq);
  return at === -1 ? undefined : spanOf(rows.slice(Math.max(0, at - STEP), at + STEP + 1));
}

/**
 * The span a step further, in which the line `centre` stays far from both ends; undefined where it goes no further. What
 * becomes too much is left out at the other end.
 */
export function shifted(rows: readonly Row[], span: Span, centre: Seq, towards: 'older' | 'newer'): Span | undefined {
  const first = rows.findIndex(({ to }) => to >= span.from);
  const last = rows.findLastIndex(({ from }) => from <= span.to);
  const middle = rows.findIndex(({ to }) => to >= centre);
  if (first === -1 || last === -1 || middle === -1) return undefined;
  const half = Math.floor(MOST / 2);
  if (towards === 'older') {
    const from = Math.max(0, first - STEP, middle - half);
    return from < first ? spanOf(rows.slice(from, Math.min(last + 1, from + MOST))) : undefined;
  }
  const to = Math.min(rows.length - 1, last + STEP, middle + half);
  return to > last ? spanOf(rows.slice(Math.max(first, to + 1 - MOST), to + 1)) : undefined;
}
