import type { VNode } from 'preact';
import { ICON_PATHS } from './icon-paths.ts';

export type IconName = keyof typeof ICON_PATHS;

/** What points along the line of reading points the other way where that line runs from right to left. */
const DIRECTED: ReadonlySet<IconName> = new Set(['back', 'list', 'quote', 'reply', 'return', 'signOut']);

/** 20 px, drawn in lines of the text's colour. What it says is said by a label or by words beside it as well. */
export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg
      class={DIRECTED.has(name) ? 'icon directed' : 'icon'}
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
