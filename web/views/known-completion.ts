import type * as Offers from './completion-offers.tsx';

let loaded: typeof Offers | undefined;

/** Undefined until it is loaded. */
export function knownCompletion(): typeof Offers | undefined {
  return loaded;
}

/** Where it cannot be loaded nothing is offered, and everything can be written out. */
export async function loadCompletion(): Promise<void> {
  loaded = await import('./completion-offers.tsx').catch(() => undefined);
}
