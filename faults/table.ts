import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';

export type Result =
  | { readonly kind: 'tried'; readonly fault: Fault; readonly findings: Findings }
  | { readonly kind: 'skipped'; readonly fault: Fault; readonly lacking: readonly string[] };

const HEAD = ['fault', 'runs', 'lost', 'doubled', 'out of order', 'worst recovery', 'verdict'];

/** What was never tried is not good either: a run of nothing would look like one in which all was kept. */
export function isGood(result: Result): boolean {
  if (result.kind === 'skipped') return true;
  const { runs, problems, missed } = result.findings;
  return runs > 0 && problems.length + missed.length === 0;
}

/** In a word or two. */
export function verdictOf(result: Result): string {
  if (result.kind === 'skipped') return `skipped: needs ${result.lacking.join(', ')}`;
  if (isGood(result)) return 'kept';
  const { runs, problems, missed } = result.findings;
  return `**not kept** (${runs === 0 ? 'never tried' : problems.length + missed.length})`;
}

/** As Markdown. */
export function tableOf(results: readonly Result[]): string {
  return [HEAD, HEAD.map(() => '---'), ...results.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What was measured beside the table, and what is wrong. */
export function notesOf(results: readonly Result[]): string {
  return results
    .flatMap((result) => {
      if (result.kind === 'skipped') return [];
      const { fault, findings } = result;
      return [...findings.notes, ...findings.missed.slice(0, 10), ...findings.problems.slice(0, 10)].map(
        (line) => `- ${fault.id}: ${line}`,
      );
    })
    .join('\n');
}

function rowOf(result: Result): string[] {
  const { fault } = result;
  const name = `${fault.id} ${fault.title}`;
  if (result.kind === 'skipped') return [name, '0', '', '', '', '', verdictOf(result)];
  const { runs, lost, doubled, disordered, worstMs } = result.findings;
  const counts = [runs, lost, doubled, disordered].map(String);
  const worst = worstMs === undefined ? '' : worstMs < 1_000 ? `${Math.ceil(worstMs)} ms` : `${inSeconds(worstMs)} s`;
  return [name, ...counts, worst, `${verdictOf(result)}: ${fault.figure}`];
}

function inSeconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

const BEGIN = '<!-- written by `npm run faults -- --write` -->';
const END = '<!-- until here -->';

/** The page with this in the place of what was last written there. Throws when the place is gone. */
export function withTable(page: string, table: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`The page lacks ${BEGIN} or ${END}.`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}
