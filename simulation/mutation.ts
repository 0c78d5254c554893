import type { Replacement } from './replacement.ts';

/** One rule of delivery, and how it is taken away from the real code: then the simulation, or a test, has to find a fault. */
export interface Mutation extends Replacement {
  /** As PROTOCOL.md numbers it, and what is no longer true. */
  readonly rule: string;
  /** What has to go with it, where either alone keeps the rule. */
  readonly more?: readonly Replacement[];
  /** What is known to notice. */
  readonly by: Witness;
}

/**
 * A seed that was seen to notice is tried first: any change of the code may make it another one. Or a scripted case. Or,
 * where a rule is kept outside what the simulation drives, a test: the file, and a part of its title.
 */
export type Witness = SimulationWitness | { readonly test: string; readonly title: string };

export type SimulationWitness =
  | { readonly storm: 'delivery' | 'rewind' | 'presence' | 'reading'; readonly seed: number }
  | { readonly title: string };
