/** One thing after another, in fine weather but for what the case is about. It ends with all that must hold. */
export interface Case {
  /** Begins with the rule of PROTOCOL.md. */
  readonly title: string;
  /** What was broken; nothing, when all is well. */
  readonly run: () => Promise<readonly string[]>;
}
