import type { EnterKey } from './enter-key.ts';
import type { Format } from './format.ts';

/** What a key event has to say about it. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'keyCode' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'
>;

/** Safari ends a composition before it tells of the Enter that ended it: only this code then says so. */
const COMPOSING_KEYCODE = 229;

/**
 * Enter sends and Shift+Enter breaks the line, or the other way round; on touch Enter breaks it; Ctrl or Cmd+Enter always
 * sends. An Enter that chooses a word of an input method never sends.
 */
export function asksToSend(event: Key, isTouch: boolean, enter: EnterKey): boolean {
  if (event.key !== 'Enter' || isComposing(event)) return false;
  if (event.ctrlKey || event.metaKey) return true;
  if (isTouch || event.altKey) return false;
  return enter === 'sends' ? !event.shiftKey : event.shiftKey;
}

/** ArrowUp, where the field is empty: with a modifier it selects or scrolls. */
export function asksForNewest(event: Key): boolean {
  return event.key === 'ArrowUp' && isBare(event);
}

/** Escape closes the list of an input method first. */
export function asksToCancel(event: Key): boolean {
  return event.key === 'Escape' && isBare(event);
}

/** Ctrl, or Cmd on Apple's keyboards. K is another's: the quick switcher of rooms. */
const FORMAT_KEYS: ReadonlyMap<string, Format> = new Map([
  ['B', 'bold'],
  ['I', 'italic'],
  ['E', 'code'],
  ['Shift+X', 'strike'],
]);

export function asksToFormat(event: Key & Pick<KeyboardEvent, 'code'>, isApple: boolean): Format | undefined {
  const { key, code, shiftKey, altKey, ctrlKey, metaKey } = event;
  const isAsked = isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (!isAsked || altKey || isComposing(event)) return undefined;
  // Where letters are not Latin the key is the one that would be.
  const letter = /^[a-z]$/iu.test(key) ? key : code.replace(/^Key/u, '');
  return FORMAT_KEYS.get(`${shiftKey ? 'Shift+' : ''}${letter.toUpperCase()}`);
}

/** What to press for it: as people read it, and as machines do. */
export function formatKeys(
  format: Format,
  isApple: boolean,
): { readonly shown: string; readonly aria: string } | undefined {
  for (const [keys, asked] of FORMAT_KEYS) {
    if (asked !== format) continue;
    const aria = `${isApple ? 'Meta' : 'Control'}+${keys}`;
    return {
      shown: isApple ? keys.replace(/^(Shift\+)?/u, (shift) => (shift === '' ? '⌘' : '⇧⌘')) : `Ctrl+${keys}`,
      aria,
    };
  }
  return undefined;
}

export function isApple(): boolean {
  return /mac|iphone|ipad/iu.test(navigator.platform);
}

function isBare(event: Key): boolean {
  const { shiftKey, altKey, ctrlKey, metaKey } = event;
  return !isComposing(event) && !shiftKey && !altKey && !ctrlKey && !metaKey;
}

function isComposing({ isComposing: says, keyCode }: Key): boolean {
  return says || keyCode === COMPOSING_KEYCODE;
}
