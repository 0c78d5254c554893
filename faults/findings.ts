/** What a run of one fault has found. */
export class Findings {
  readonly problems: string[] = [];
  /** It held, and took longer than it may. That wants a quiet machine: `npm run faults` fails on it, a test prints it. */
  readonly missed: string[] = [];
  readonly notes: string[] = [];
  runs = 0;
  #worstMs: number | undefined;

  /** A sentence; those about the log begin with their invariant: "I1: …". */
  broke(...problems: readonly string[]): void {
    this.problems.push(...problems);
  }

  /** Measured, and worth a line under the table. */
  note(text: string): void {
    this.notes.push(text);
  }

  recovered(ms: number): void {
    this.#worstMs = Math.max(ms, this.#worstMs ?? 0);
  }

  get worstMs(): number | undefined {
    return this.#worstMs;
  }

  /** It took longer than it may, or for ever. */
  within(mostMs: number, ms: number | undefined, what: string): void {
    if (ms !== undefined) this.recovered(ms);
    if (ms === undefined) this.broke(`${what} never, within the time that was waited`);
    else if (ms > mostMs) this.missed.push(`${what} after ${Math.round(ms)} ms; at most ${mostMs} are promised`);
  }

  get lost(): number {
    return this.#countOf(/^I[14]:/u);
  }

  get doubled(): number {
    return this.#countOf(/^I2:/u);
  }

  get disordered(): number {
    return this.#countOf(/^I[35]:/u);
  }

  #countOf(rule: RegExp): number {
    return this.problems.filter((problem) => rule.test(problem)).length;
  }
}
