// All keys that do something, for the list of them. Where a part has a table of its own the list is made of that; the others are pressed
// by shortcut-list.test.tsx.
import { formatKeys } from './composer-keys.ts';
import type { EnterKey } from './enter-key.ts';
import { FORMATS } from './format.ts';
import { FORMAT_LABELS } from './format-keys.tsx';
import { type MessageAct, ROW_KEYS } from './message-acts.ts';
import { AROUND, type Shortcut } from './shortcuts.ts';

export interface ShortcutGroup {
  readonly name: string;
  readonly shortcuts: readonly Shortcut[];
}

/** Of those that stand nowhere else in a table: a line here, and one in the test. */
export const ELSEWHERE = {
  switcher: { keys: ['Mod+K'], does: 'Go to a room, a person or an action' },
  search: { keys: ['Mod+Shift+F', '/'], does: 'Search' },
  previousRoom: { keys: ['Alt+ArrowUp'], does: 'The room above in the list' },
  nextRoom: { keys: ['Alt+ArrowDown'], does: 'The room below in the list' },
} as const satisfies Readonly<Record<string, Shortcut>>;

const ROW_ACTS: Readonly<Record<MessageAct, string>> = {
  reply: 'Reply',
  edit: 'Edit, if it is yours',
  react: 'React',
  copy: 'Copy the text',
  pin: 'Pin or unpin',
  unread: 'Mark as unread from there',
  code: 'Copy its code',
  link: 'Copy a link to it',
  earlier: 'What it said before',
  delete: 'Delete, if it is yours',
  more: 'All that can be done with it',
};

export function shortcutGroups(enter: EnterKey): readonly ShortcutGroup[] {
  return [
    { name: 'Anywhere', shortcuts: [...Object.values(ELSEWHERE), ...Object.values(AROUND)] },
    { name: 'While you write', shortcuts: whileWriting(enter) },
    { name: 'On a message, which the Tab key leads to', shortcuts: onRow() },
  ];
}

export function whileWriting(enter: EnterKey): readonly Shortcut[] {
  const [sends, breaks] = enter === 'sends' ? ['Enter', 'Shift+Enter'] : ['Shift+Enter', 'Enter'];
  return [
    { keys: [sends, 'Mod+Enter'], does: 'Send' },
    { keys: [breaks], does: 'Break the line' },
    { keys: ['ArrowUp'], does: 'Edit your last message, where nothing is written' },
    { keys: ['Escape'], does: 'Leave an edit or a list' },
    ...FORMATS.flatMap((format) => {
      const keys = formatKeys(format, false)?.shown.replace('Ctrl', 'Mod');
      return keys === undefined ? [] : [{ keys: [keys], does: FORMAT_LABELS[format] }];
    }),
  ];
}

function onRow(): readonly Shortcut[] {
  const acts = [...new Set(ROW_KEYS.values())].map((act) => ({
    keys: [...ROW_KEYS].filter(([key, its]) => its === act && key !== 'ContextMenu').map(([key]) => key),
    does: ROW_ACTS[act],
  }));
  return [
    { keys: ['ArrowUp', 'ArrowDown'], does: 'The message above or below' },
    { keys: ['Home', 'End'], does: 'The first or the last that is loaded' },
    ...acts,
    { keys: ['Escape'], does: 'Back to writing' },
  ];
}

const APPLE_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** What stands on the keys. */
export function namesOfKeys(keys: string, isApple: boolean): readonly string[] {
  return keys.split(/(?<=.)\+/u).map((key) => {
    const name = (isApple ? APPLE_NAMES[key] : undefined) ?? NAMES[key] ?? key;
    return name.length === 1 ? name.toUpperCase() : name;
  });
}
