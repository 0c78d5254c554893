import type { Key } from './composer-keys.ts';

/** Alt and an arrow: the room above or below in the list. */
export function asksForRoom({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): 'previous' | 'next' | undefined {
  if (!altKey || ctrlKey || metaKey || shiftKey) return undefined;
  if (key === 'ArrowUp') return 'previous';
  return key === 'ArrowDown' ? 'next' : undefined;
}
