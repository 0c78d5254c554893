import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';

export type Result =
  | { readonly kind: 'tried'; readonly fault: Fault; readonly findings: Findings }
  | { readonly kind: 'skipped'; readonly fault: Fault; readonly lacking: readonly string[] };

const HEAD = ['fault', 'runs', 'lost', 'doubled', 'out of order', 'worst recovery', 'verdict'];

export function isGood(result: Result): boolean {
  return result.kind === 'skipped' || result.findings.problems.length + result.findings.missed.length === 0;
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
  if (result.kind === 'skipped') return [name, '0', '', '', '', '', `skipped: needs ${result.lacking.join(', ')}`];
  const { runs, lost, doubled, disordered, worstMs, problems, missed } = result.findings;
  const counts = [runs, lost, doubled, disordered].map(String);
  const worst = worstMs === undefined ? '' : worstMs < 1_000 ? `${Math.ceil(worstMs)} ms` : `${inSeconds(worstMs)} s`;
  const count = problems.length + missed.length;
  const verdict = count === 0 ? `kept: ${fault.figure}` : `**not kept** (${count}): ${fault.figure}`;
  return [name, ...counts, worst, verdict];
}

function inSeconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
