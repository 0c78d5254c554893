/** What a key event has to say about it. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'keyCode' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'
>;

/** Safari ends a composition before it tells of the Enter that ended it: only this code then says so. */
const COMPOSING_KEYCODE = 229;

/**
 * Enter sends, Shift+Enter breaks the line; on touch Enter breaks it; Ctrl or Cmd+Enter always sends. An Enter that
 * chooses a word of an input method never sends.
 */
export function asksToSend(event: Key, isTouch: boolean): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === COMPOSING_KEYCODE) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return !isTouch && !event.shiftKey && !event.altKey;
}
