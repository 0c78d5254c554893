// The keys that whoever surrounds the room listens for; shortcut-list.ts names them beside all others.
import type { Key } from './composer-keys.ts';

export interface Shortcut {
  /** Any of them: Mod is Cmd on Apple's keyboards, and else Ctrl. */
  readonly keys: readonly string[];
  readonly does: string;
}

export const AROUND = {
  shortcuts: { keys: ['?'], does: 'This list' },
  settings: { keys: ['Mod+,'], does: 'Settings' },
  nextPlace: { keys: ['F6'], does: 'The next part of the page' },
  previousPlace: { keys: ['Shift+F6'], does: 'The part of the page before' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type Around = keyof typeof AROUND;

/** Which of them a key asks for. Where one writes, what is a letter there is none. */
export function askedAround(event: Key, isApple: boolean, isWriting: boolean): Around | undefined {
  if (event.isComposing) return undefined;
  const names: readonly Around[] = ['shortcuts', 'settings', 'nextPlace', 'previousPlace'];
  return names.find((name) => AROUND[name].keys.some((keys) => isPressed(keys, event, isApple, isWriting)));
}

function isPressed(keys: string, event: Key, isApple: boolean, isWriting: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const [isMod, isShift] = [parts.includes('Mod'), parts.includes('Shift')];
  const [mod, other] = isApple ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (event.key !== key || event.altKey || mod !== isMod || other) return false;
  // Which keys make a sign is the keyboard's own matter: some need Shift for it.
  const isSign = key.length === 1;
  return isSign ? isMod || !isWriting : event.shiftKey === isShift;
}
