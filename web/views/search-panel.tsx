import type { RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { nextInRow } from '../controls/roving.ts';
import { type Find, type FoundHit, NOTHING_ASKED } from '../state/found.ts';
import { FoundView } from './found-view.tsx';
import { Icon } from './icon.tsx';
import { NO_MEMORY, type SearchMemory, SearchTab, type Tab } from './search-tab.tsx';
import { useFound } from './use-found.ts';

export interface SearchPanelProps {
  readonly room: Address;
  /** The id of who writes here. */
  readonly me: string;
  readonly find: Find;
  readonly memory: RefObject<SearchMemory | null>;
  /** Goes up whenever one wants to type here. */
  readonly wanted: number;
  readonly jump: (hit: FoundHit) => void;
  readonly close: () => void;
}

/** Messages that are looked for, and those that mention oneself. */
export function SearchPanel(props: SearchPanelProps): VNode {
  const { memory, wanted, close } = props;
  const [tab, setTab] = useState(memory.current?.tab ?? 'search');
  const field = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEscape(panel, close);
  const remember = (change: Partial<SearchMemory>): void => {
    memory.current = { ...NO_MEMORY, ...memory.current, ...change };
  };
  const choose = (now: Tab): void => {
    remember({ tab: now });
    setTab(now);
  };
  useEffect(() => {
    const meant = tab === 'search' ? field.current : first.current;
    meant?.focus();
    field.current?.select();
  }, [wanted]);
  return (
    <aside class="search" id="search" aria-labelledby="search-heading" ref={panel}>
      <header>
        <h2 id="search-heading" class="unseen">
          Find messages
        </h2>
        <Tabs tab={tab} choose={choose} first={first} />
        <button type="button" class="quiet icon-button" aria-label="Close the search" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="found" id="search-tab" role="tabpanel" aria-label={TABS.find(([one]) => one === tab)?.[1]}>
        {tab === 'search' ? (
          <SearchTab {...props} field={field} remember={remember} />
        ) : (
          <MentionsTab {...props} leave={() => first.current?.focus()} />
        )}
      </div>
    </aside>
  );
}

/** Also out of a field, which Escape would only empty. */
function useEscape(panel: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      close();
    };
    const shown = panel.current;
    shown?.addEventListener('keydown', pressed);
    return () => shown?.removeEventListener('keydown', pressed);
  }, [close]);
}

const TABS: readonly (readonly [Tab, string])[] = [
  ['search', 'Search'],
  ['mentions', 'Mentions of me'],
];

interface TabsProps {
  readonly tab: Tab;
  readonly choose: (tab: Tab) => void;
  /** The button of the tab that is shown. */
  readonly first: RefObject<HTMLButtonElement | null>;
}

function Tabs({ tab, choose, first }: TabsProps): VNode {
  const list = useRef<HTMLDivElement>(null);
  const pressed = (event: KeyboardEvent): void => {
    if (list.current === null) return;
    const items = [...list.current.querySelectorAll('button')];
    const isRightToLeft = getComputedStyle(list.current).direction === 'rtl';
    const next = nextInRow(items, document.activeElement, event.key, isRightToLeft);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  return (
    <div class="tabs" role="tablist" aria-label="What to find" ref={list}>
      {TABS.map(([one, words]) => (
        <button
          key={one}
          ref={one === tab ? first : null}
          type="button"
          role="tab"
          class="quiet"
          aria-selected={one === tab}
          aria-controls="search-tab"
          tabIndex={one === tab ? 0 : -1}
          onKeyDown={pressed}
          onClick={() => choose(one)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

type MentionsTabProps = Pick<SearchPanelProps, 'me' | 'find' | 'jump'> & { readonly leave: () => void };

function MentionsTab({ me, find, jump, leave }: MentionsTabProps): VNode {
  const finding = useFound(find, NOTHING_ASKED);
  // Each time it is opened: somebody may have mentioned one meanwhile.
  useEffect(() => finding.ask({ kind: 'mentions' }), []);
  return <FoundView finding={finding} query={[]} within={undefined} {...{ me, jump, leave }} />;
}
