import type { ComponentChildren, VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useBackGesture } from './back-gesture.ts';

/** A menu that is open. */
export interface OpenedMenu {
  readonly label: string;
  readonly opensAt: 'first' | 'last';
  readonly button: { readonly current: HTMLElement | null };
  readonly close: () => void;
  readonly closeAndReturn: () => void;
}

export interface MenuButtonProps {
  /** Of the button, and of the menu. */
  readonly label: string;
  /** What the button shows. */
  readonly icon: ComponentChildren;
  readonly list: (opened: OpenedMenu) => VNode;
}

/** The button of a menu. What it offers may come later, so it is drawn by whoever has it. */
export function MenuButton({ label, icon, list }: MenuButtonProps): VNode {
  /** The item that gets the focus; undefined while it is closed. */
  const [opensAt, setOpensAt] = useState<'first' | 'last'>();
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => setOpensAt(undefined);
  const closeAndReturn = (): void => {
    button.current?.focus();
    close();
  };
  useBackGesture(opensAt !== undefined, closeAndReturn);
  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="quiet icon-button"
        aria-haspopup="menu"
        aria-expanded={opensAt !== undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpensAt(opensAt === undefined ? 'first' : undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpensAt(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        {icon}
      </button>
      {opensAt === undefined ? null : list({ label, opensAt, close, closeAndReturn, button })}
    </div>
  );
}
