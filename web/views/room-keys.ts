import type { Key } from './composer-keys.ts';

/** Alt and an arrow: the room above or below in the list. */
export function asksForRoom({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): 'previous' | 'next' | undefined {
  if (!altKey || ctrlKey || metaKey || shiftKey) return undefined;
  if (key === 'ArrowUp') return 'previous';
  return key === 'ArrowDown' ? 'next' : undefined;
}

/** Ctrl+K, or Cmd+K on Apple's keyboards; where letters are not Latin, by the key that would be. */
export function asksForSwitcher(event: Key & Pick<KeyboardEvent, 'code'>, isOnApple: boolean): boolean {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing } = event;
  const isAsked = isOnApple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (!isAsked || altKey || shiftKey || isComposing) return false;
  return key.toLowerCase() === 'k' || (!/^[a-z]$/iu.test(key) && code === 'KeyK');
}
