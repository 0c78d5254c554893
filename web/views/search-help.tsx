import type { VNode } from 'preact';

/** What can be typed beside words, what it finds, and as it is written where that is more. */
const FILTERS: readonly (readonly [filter: string, finds: string, examples: readonly string[]])[] = [
  ['from:', 'who wrote it', ['from:Ada', 'from:"Ada Lovelace"']],
  ['has:link', 'with a link in it', []],
  ['has:mention', 'that mentions somebody', []],
  ['has:reaction', 'with reactions', []],
  ['has:pin', 'that is pinned', []],
  ['before:', 'before a day', ['before:2026-01-31']],
  ['after:', 'after a day', ['after:2026-01-31']],
];

export interface SearchHelpProps {
  readonly isOpen: boolean;
  /** Puts a filter behind what is typed. */
  readonly add: (filter: string) => void;
}

export function SearchHelp({ isOpen, add }: SearchHelpProps): VNode {
  return (
    <details class="help" open={isOpen}>
      <summary>What can be searched for</summary>
      <p>
        Words, by their beginning: capitals and accents make no difference. “In quotes”: exactly these words. Days are
        those of UTC.
      </p>
      <ul>
        {FILTERS.map(([filter, finds, examples]) => (
          <li key={filter}>
            <button type="button" onClick={() => add(filter)}>
              {filter}
            </button>{' '}
            <span>
              {finds}
              {examples.flatMap((example) => [' ', <code key={example}>{example}</code>])}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
