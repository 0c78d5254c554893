/** One rule of delivery, and how it is taken away from the real code: then the simulation has to find a fault. */
export interface Mutation {
  /** As PROTOCOL.md numbers it, and what is no longer true. */
  readonly rule: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** What has to go with it, where either alone keeps the rule. */
  readonly more?: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** What is known to notice. */
  readonly by: Witness;
}

/** A seed that was seen to notice is tried first: any change of the code may make it another one. Or a scripted case. */
export type Witness =
  | { readonly storm: 'delivery' | 'rewind' | 'presence'; readonly seed: number }
  | { readonly title: string };
