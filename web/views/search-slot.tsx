import type { ComponentType, RefObject, VNode } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import type { Find, FoundHit } from '../state/found.ts';
import { Icon } from './icon.tsx';
import type { SearchPanelProps } from './search-panel.tsx';
import type { SearchMemory } from './search-tab.tsx';

export interface SearchState {
  readonly isOpen: boolean;
  /** It stands beside the transcript; else it lies over it. */
  readonly isBeside: boolean;
  /** How often one wanted to type there. */
  readonly wanted: number;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly open: () => void;
  readonly close: () => void;
}

/** Whether the search is open, and the keys that open it from anywhere in the room. */
export function useSearch(isWide: boolean): SearchState {
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState(0);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef<Element | null>(null);
  const open = useCallback(() => {
    const focused = document.activeElement;
    if (!focused?.closest('#search')) before.current = focused;
    setOpen(true);
    setWanted((count) => count + 1);
  }, []);
  const close = useCallback(() => {
    setOpen(false);
    const there = before.current;
    if (there instanceof HTMLElement && there.isConnected && there !== document.body) there.focus();
    else button.current?.focus();
  }, []);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!isSearchKey(event) || isUnderDialog()) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [open]);
  return { isOpen, isBeside: isOpen && isWide, wanted, button, open, close };
}

function isSearchKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, shiftKey, altKey, isComposing, target } = event;
  if (isComposing || altKey) return false;
  if ((ctrlKey || metaKey) && shiftKey) return key.toLowerCase() === 'f';
  const isTyping = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
  return key === '/' && !ctrlKey && !metaKey && !isTyping;
}

/** What lies on top has the keyboard. */
function isUnderDialog(): boolean {
  return document.querySelector('dialog[open]:not(:has(#search)), [role="menu"]') !== null;
}

export function SearchButton({ isOpen, button, open, close }: SearchState): VNode {
  return (
    <button
      ref={button}
      type="button"
      class="quiet icon-button"
      aria-label="Search"
      title="Search (Ctrl+Shift+F)"
      aria-keyshortcuts="Control+Shift+F Meta+Shift+F /"
      aria-expanded={isOpen}
      aria-controls={isOpen ? 'search' : undefined}
      onClick={() => (isOpen ? close() : open())}
    >
      <Icon name="search" />
    </button>
  );
}

export interface SearchSlotProps {
  readonly search: SearchState;
  readonly room: Address;
  readonly me: string;
  readonly find: Find;
  /** Shows a message where it was said. */
  readonly lead: (hit: FoundHit) => void;
}

type Loaded = 'loading' | 'failed' | { readonly SearchPanel: ComponentType<SearchPanelProps> };

/** A place for the search. It is loaded when it is opened first; what was found stays while it is closed. */
export function SearchSlot({ search, lead, ...about }: SearchSlotProps): VNode | null {
  const { isOpen, isBeside, wanted, close } = search;
  const loaded = useLoaded(isOpen);
  const memory = useRef<SearchMemory | null>(null);
  const beside = useRef(isBeside);
  beside.current = isBeside;
  // A dialog that goes because there is room beside the transcript now says that it was closed.
  const closeOver = useCallback(() => (beside.current ? undefined : close()), [close]);
  const jump = useCallback(
    (hit: FoundHit): void => {
      // What lies over the message goes first, and the focus with it.
      closeOver();
      lead(hit);
    },
    [closeOver, lead],
  );
  if (!isOpen) return null;
  const panel =
    typeof loaded === 'string' ? (
      <Waiting isFailed={loaded === 'failed'} close={close} />
    ) : (
      <loaded.SearchPanel {...about} {...{ memory, wanted, jump, close }} />
    );
  if (isBeside) return panel;
  return (
    <Dialog labelledBy="search-heading" shape="side" close={closeOver}>
      {panel}
    </Dialog>
  );
}

function useLoaded(isWanted: boolean): Loaded {
  const [loaded, setLoaded] = useState<Loaded>('loading');
  useEffect(() => {
    if (!isWanted || typeof loaded !== 'string') return;
    setLoaded('loading');
    import('./search-panel.tsx').then(
      ({ SearchPanel }) => setLoaded({ SearchPanel }),
      () => setLoaded('failed'),
    );
  }, [isWanted]);
  return loaded;
}

function Waiting({ isFailed, close }: { isFailed: boolean; close: () => void }): VNode {
  return (
    <aside class="search" id="search" aria-labelledby="search-heading">
      <header>
        <h2 id="search-heading">Search</h2>
        <button type="button" class="quiet icon-button" aria-label="Close the search" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <p class="result" role="status">
        {isFailed
          ? 'The search could not be loaded. Close it and open it again once you are back online.'
          : 'Opening the search …'}
      </p>
    </aside>
  );
}
