import { RESULT, resultCode } from './driver.ts';
import type { Failure } from './requests.ts';

export function failureOf(error: unknown): Failure {
  const code = resultCode(error);
  switch (code) {
    case RESULT.full:
      return 'full';
    // Linux makes a file system read-only when its disk fails.
    case RESULT.io:
    case RESULT.readOnly:
    case RESULT.cannotOpen:
      return 'failing';
    case RESULT.corrupt:
    case RESULT.notADatabase:
      return 'damaged';
    case RESULT.busy:
    case RESULT.locked:
    case RESULT.noMemory:
    case RESULT.interrupted:
    case RESULT.protocol:
      return 'unavailable';
    // A constraint, a value of a wrong type or size, a mistake of ours: the same again would fail again.
    default:
      return 'unstorable';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
