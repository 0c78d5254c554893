import { change, passageOf } from './field-change.ts';
import type { Format, formatted } from './format.ts';

let known: typeof formatted | undefined;

/** Rejects where it cannot be loaded. */
export async function loadFormats(): Promise<void> {
  known ??= (await import('./while-writing.tsx')).formatted;
}

/** At once, if it was loaded: what is typed next belongs between the marks. */
export function formatField(field: HTMLTextAreaElement, format: Format, failed: () => void): void {
  if (known === undefined) loadFormats().then(() => formatField(field, format, failed), failed);
  else change(field, known(passageOf(field), format));
}
