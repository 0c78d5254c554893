import type { VNode } from 'preact';
import { ICON_PATHS } from './icon-paths.ts';

export type IconName = keyof typeof ICON_PATHS;

/** What points along the line of reading points the other way where that line runs from right to left. */
const DIRECTED: ReadonlySet<string> = new Set(['back', 'list', 'quote', 'reply', 'signOut']);

/** What is shown from the beginning. Parts that are loaded later have more of them: later-icon.tsx. */
export function Icon({ name }: { name: IconName }): VNode {
  return <Outline name={name} path={ICON_PATHS[name]} />;
}

/** 20 px, drawn in lines of the text's colour. What it says is said by a label or by words beside it as well. */
export function Outline({ name, path }: { name: string; path: string }): VNode {
  return (
    <svg
      class={DIRECTED.has(name) ? 'icon directed' : 'icon'}
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
