import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { nextInRow } from './roving.ts';

export interface ToolbarProps {
  readonly label: string;
  readonly class: string;
  readonly children: ComponentChildren;
  /** Its first button has the focus from the start. */
  readonly isFocused?: boolean;
  readonly leave?: () => void;
}

/** Buttons side by side: one stop of the Tab key, arrows go through it. */
export function Toolbar({ label, class: name, children, isFocused, leave }: ToolbarProps): VNode {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [first] = buttonsOf(bar.current);
    stopAt(bar.current, first);
    if (isFocused === true) first?.focus();
  }, []);
  return (
    <div
      ref={bar}
      class={name}
      role="toolbar"
      tabIndex={-1}
      aria-label={label}
      onFocusIn={({ target }) => {
        if (target instanceof HTMLElement && target !== bar.current) stopAt(bar.current, target);
      }}
      onKeyDown={(event) => {
        const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
        const next = nextInRow(buttonsOf(bar.current), document.activeElement, event.key, isRightToLeft);
        if (event.key === 'Escape' && leave !== undefined) leave();
        else if (next !== undefined) next.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}

function buttonsOf(bar: HTMLElement | null): HTMLElement[] {
  return [...(bar?.querySelectorAll('button') ?? [])];
}

function stopAt(bar: HTMLElement | null, stop: HTMLElement | undefined): void {
  for (const button of buttonsOf(bar)) button.tabIndex = button === stop ? 0 : -1;
}
