import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { useBackGesture } from './back-gesture.ts';
import { useFloating } from './floating.ts';
import { MenuList, type MenuProps } from './menu.tsx';

const NO_BUTTON = { current: null };

/** What is offered where one has asked for it, without a button of its own. `close` gives the focus back. */
export function ContextMenu({
  label,
  at,
  close,
  children,
}: Omit<MenuProps, 'icon'> & { at: DOMRect; close: () => void }): VNode {
  const box = useRef<HTMLDivElement>(null);
  useFloating(box, at);
  useBackGesture(true, close);
  return (
    <div ref={box} class="floating">
      <MenuList opensAt="first" button={NO_BUTTON} closeAndReturn={close} {...{ label, close }}>
        {children}
      </MenuList>
    </div>
  );
}
