import type { VNode } from 'preact';
import { Outline } from './icon.tsx';
import { ICON_PATHS } from './icon-paths.ts';
import { LATER_ICON_PATHS } from './later-icon-paths.ts';

const PATHS = { ...ICON_PATHS, ...LATER_ICON_PATHS };

export type LaterIconName = keyof typeof PATHS;

/** For parts that are loaded later only: whatever is in the page from the beginning would bring these outlines with it. */
export function LaterIcon({ name }: { name: LaterIconName }): VNode {
  return <Outline name={name} path={PATHS[name]} />;
}
