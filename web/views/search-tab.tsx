import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { SEARCH_MAX_BYTES } from '../../protocol/limits.ts';
import { readQuery } from '../../protocol/search-query.ts';
import { type Find, type Found, type FoundHit, NOTHING_ASKED } from '../state/found.ts';
import { FoundView } from './found-view.tsx';
import { SearchHelp } from './search-help.tsx';
import { type Finding, useFound } from './use-found.ts';

/** Whoever types on is not done yet: the server takes two questions a second. */
const TYPING_MS = 400;

export type Tab = 'search' | 'mentions';
type Scope = 'here' | 'everywhere';

/** What was asked and found stays for as long as the page does, also while the panel is closed. */
export interface SearchMemory {
  readonly tab: Tab;
  readonly scope: Scope;
  readonly text: string;
  readonly found: Found;
}

export const NO_MEMORY: SearchMemory = { tab: 'search', scope: 'here', text: '', found: NOTHING_ASKED };

export interface SearchTabProps {
  readonly room: Address;
  readonly me: string;
  readonly find: Find;
  readonly memory: RefObject<SearchMemory | null>;
  readonly remember: (change: Partial<SearchMemory>) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly jump: (hit: FoundHit) => void;
}

export function SearchTab({ room, me, find, memory, remember, field, jump }: SearchTabProps): VNode {
  const before = memory.current ?? NO_MEMORY;
  const finding = useFound(find, before.found);
  const { found } = finding;
  const { text: asked = '', room: within } = found.question?.kind === 'search' ? found.question : {};
  const typed = useTyped(before, asked, room, finding);
  const { text, scope } = typed;
  // What has no answer when it is closed is asked anew when it is opened.
  useLayoutEffect(() => remember({ text, scope, found: found.isAsking ? NOTHING_ASKED : found }), [text, scope, found]);
  return (
    <FoundView
      finding={finding}
      query={readQuery(asked).words}
      leave={() => field.current?.focus()}
      {...{ me, within, jump }}
    >
      {(enterList) => (
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            typed.submit();
          }}
        >
          <input
            ref={field}
            type="search"
            class="search-field"
            aria-label="Search messages"
            placeholder="Search messages"
            enterkeyhint="search"
            autocomplete="off"
            maxLength={SEARCH_MAX_BYTES}
            value={text}
            onInput={({ currentTarget, isComposing }) => typed.type(currentTarget.value, isComposing)}
            onCompositionEnd={({ currentTarget }) => typed.type(currentTarget.value, false)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' && !event.isComposing && enterList()) event.preventDefault();
            }}
          />
          <ScopeChoice scope={scope} choose={typed.choose} />
          <SearchHelp
            isOpen={before.text === ''}
            add={(filter) => {
              typed.add(filter);
              field.current?.focus();
            }}
          />
        </form>
      )}
    </FoundView>
  );
}

interface Typed {
  readonly text: string;
  readonly scope: Scope;
  /** Looks for it once one pauses; not for what an input method has not settled yet. */
  readonly type: (text: string, isComposing: boolean) => void;
  readonly add: (filter: string) => void;
  readonly choose: (scope: Scope) => void;
  readonly submit: () => void;
}

function useTyped(before: SearchMemory, asked: string, room: Address, { ask, found }: Finding): Typed {
  const [text, setText] = useState(before.text);
  const [scope, setScope] = useState(before.scope);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(typing.current), []);
  const look = (words: string, where: Scope): void => {
    clearTimeout(typing.current);
    const isNothing = words.trim() === '';
    ask(isNothing ? undefined : { kind: 'search', text: words, room: where === 'here' ? room : undefined });
  };
  // One has gone to another room: what was meant by this one is another now.
  useEffect(() => {
    const { question } = found;
    const isOfElsewhere = question?.kind === 'search' && question.room !== undefined && question.room !== room;
    if (text.trim() !== '' && (question === undefined || isOfElsewhere)) look(text, scope);
  }, [room]);
  return {
    text,
    scope,
    type: (words, isComposing) => {
      setText(words);
      clearTimeout(typing.current);
      if (!isComposing) typing.current = setTimeout(() => look(words, scope), words.trim() === '' ? 0 : TYPING_MS);
    },
    add: (filter) => {
      const words = text.trim() === '' ? filter : `${text.trimEnd()} ${filter}`;
      setText(words);
      if (!filter.endsWith(':')) look(words, scope);
    },
    choose: (where) => {
      setScope(where);
      look(text, where);
    },
    submit: () => {
      if (text !== asked || found.trouble !== undefined) look(text, scope);
    },
  };
}

const SCOPES: readonly (readonly [Scope, string])[] = [
  ['here', 'This room'],
  ['everywhere', 'All my rooms'],
];

function ScopeChoice({ scope, choose }: { scope: Scope; choose: (scope: Scope) => void }): VNode {
  return (
    <fieldset class="scope">
      <legend class="unseen">Where to search</legend>
      {SCOPES.map(([one, words]) => (
        <label key={one}>
          <input type="radio" name="scope" checked={one === scope} onChange={() => choose(one)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
