import { type Code, type Refused, refused } from '../../protocol/refusals.ts';

/** The one error a rule throws. Whoever asked gets it as the answer. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly answer: Refused;

  /** `retryAfter` in ms, with codes that say `again`; `message` when there is more to say than the code's own sentence. */
  constructor(code: Code, retryAfter?: number, message?: string) {
    const answer = refused(code, retryAfter, message);
    super(answer.message);
    this.answer = answer;
  }
}

/** Of what a rule of the protocol says no with. */
export function refusalFor(code: Code | undefined): Refusal | undefined {
  return code && new Refusal(code);
}
