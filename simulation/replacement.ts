import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How a rule is taken away from a file of the project. */
export interface Replacement {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

export function replaced(code: string, from: string, to: string): string {
  return code.replace(from, () => to);
}
