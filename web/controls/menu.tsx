import { type ComponentChildren, createContext, type VNode } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { MenuButton, type OpenedMenu } from './menu-button.tsx';
import { nextItem } from './roving.ts';

export interface MenuProps {
  /** Of the button, and of the menu. */
  readonly label: string;
  /** What the button shows. */
  readonly icon: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A button and what it offers. */
export function Menu({ label, icon, children }: MenuProps): VNode {
  return <MenuButton {...{ label, icon }} list={(opened) => <MenuList {...opened}>{children}</MenuList>} />;
}

export interface MenuListProps extends OpenedMenu {
  readonly children: ComponentChildren;
}

/** Arrows go through it, a letter jumps, Escape and Tab close; the focus is never lost. */
export function MenuList({ label, opensAt, button, close, closeAndReturn, children }: MenuListProps): VNode {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(
    () =>
      itemsOf(list.current)
        .at(opensAt === 'first' ? 0 : -1)
        ?.focus(),
    [opensAt],
  );
  useEffect(() => {
    const pressed = ({ target }: Event): void => {
      const isOurs = target instanceof Node && (list.current?.contains(target) || button.current?.contains(target));
      if (isOurs !== true) close();
    };
    document.addEventListener('pointerdown', pressed);
    return () => document.removeEventListener('pointerdown', pressed);
  }, []);
  return (
    <div
      ref={list}
      class="menu-list"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          // The page below has its own meaning for Escape. Tab goes on from the button.
          if (event.key === 'Escape') event.stopPropagation();
          closeAndReturn();
          return;
        }
        const next = nextItem(itemsOf(list.current), document.activeElement, event.key);
        if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        next.focus();
      }}
    >
      <MenuContext.Provider value={closeAndReturn}>{children}</MenuContext.Provider>
    </div>
  );
}

const ITEMS = '[role^="menuitem"]';

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
}

/** Closes the menu that an item is in. */
const MenuContext = createContext<() => void>(() => {});

/** The menu closes first: what is chosen may open a dialog, which will give the focus back to where it was. */
function useChoice(choose: (() => void) | undefined): () => void {
  const close = useContext(MenuContext);
  return () => {
    // A form that is taken out of the page would not be sent.
    if (choose === undefined) return;
    close();
    choose();
  };
}

export interface MenuItemProps {
  readonly icon: ComponentChildren;
  readonly children: ComponentChildren;
  /** Absent: it sends the form that it stands in. */
  readonly choose?: () => void;
}

export function MenuItem({ icon, children, choose }: MenuItemProps): VNode {
  const chosen = useChoice(choose);
  return (
    <button type={choose === undefined ? 'submit' : 'button'} role="menuitem" tabIndex={-1} onClick={chosen}>
      {icon}
      <span>{children}</span>
    </button>
  );
}

export interface MenuChoiceProps extends MenuItemProps {
  readonly isChosen: boolean;
  /** Shown beside the one that is chosen. */
  readonly mark: ComponentChildren;
}

/** One of several, of which one holds. */
export function MenuChoice({ icon, children, choose, isChosen, mark }: MenuChoiceProps): VNode {
  const chosen = useChoice(choose);
  return (
    <button type="button" role="menuitemradio" aria-checked={isChosen} tabIndex={-1} onClick={chosen}>
      {icon}
      <span>{children}</span>
      {isChosen ? mark : null}
    </button>
  );
}

export function MenuGroup({ label, children }: { label: string; children: ComponentChildren }): VNode {
  return (
    <div role="group" aria-label={label} class="menu-group">
      <p aria-hidden="true">{label}</p>
      {children}
    </div>
  );
}
