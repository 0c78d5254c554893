// What a fault is to whoever runs it. `npm run faults`
import type { Need } from './needs.ts';
import type { Findings } from './findings.ts';
import type { Site } from './site.ts';

export interface Fault {
  /** As the reliability page numbers it; a fault with two halves is there twice. */
  readonly id: string;
  readonly title: string;
  /** What must hold, in figures. */
  readonly figure: string;
  readonly needs: readonly Need[];
  /** How often when nobody says; a fault that takes minutes is tried less often. */
  readonly rounds: number;
  /** In how many rounds `npm run test:all` tries it; 0 where one takes too long. */
  readonly quickRounds: number;
  /** It takes the whole machine: no other is tried beside it. */
  readonly isAlone?: true;
  /** Adds what it finds as it finds it: what it throws is one more. */
  readonly run: (site: Site, rounds: number, findings: Findings) => Promise<void>;
}
