import type { EnterKey } from './enter-key.ts';

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

function isBare(event: Key): boolean {
  const { shiftKey, altKey, ctrlKey, metaKey } = event;
  return !isComposing(event) && !shiftKey && !altKey && !ctrlKey && !metaKey;
}

function isComposing({ isComposing: says, keyCode }: Key): boolean {
  return says || keyCode === COMPOSING_KEYCODE;
}
