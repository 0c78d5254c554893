import type { Candidate } from '../completion/candidates.ts';

export const LIST = 'completion';

export function idOf({ key }: Candidate): string {
  return `${LIST}-${key}`;
}
