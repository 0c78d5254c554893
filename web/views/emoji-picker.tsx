import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Toolbar } from '../controls/toolbar.tsx';
import type { EmojiMemory } from './emoji-memory.ts';
import { CATEGORIES, type Emoji, emojiFound, emojiIn, emojiNamed, inTone } from './emoji-search.ts';
import { EmojiGrid } from './emoji-grid.tsx';

export interface EmojiPickerProps {
  readonly memory: EmojiMemory;
  readonly choose: (emoji: string) => void;
}

const RECENT = -1;
const MOST_RECENT = 16;
const SKINS = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];
const SKIN_NAMES = ['yellow', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'];

/** All emoji, by their words or by their kind. */
export function EmojiPicker({ memory, choose }: EmojiPickerProps): VNode {
  const [words, setWords] = useState('');
  const [group, setGroup] = useState(RECENT);
  const [tone, setTone] = useState(memory.tone);
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // On touch a keyboard would cover what is looked for.
    if (!matchMedia('(hover: none) and (pointer: coarse)').matches) field.current?.focus();
  }, []);
  const isSearch = words.trim() !== '';
  const shown = isSearch ? emojiFound(words) : group === RECENT ? recent(memory) : emojiIn(group);
  const name = isSearch ? 'Found' : (CATEGORIES.find((one) => one.group === group)?.name ?? 'Used last');
  const chosen = (emoji: string): void => {
    memory.used(emoji);
    choose(emoji);
  };
  return (
    <div class="emoji-picker">
      <input
        ref={field}
        type="search"
        value={words}
        aria-label="Search emoji"
        placeholder="Search, in English"
        autocomplete="off"
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = shown;
          if (event.key === 'ArrowDown') grid.current?.querySelector('button')?.focus();
          else if (event.key === 'Enter' && isSearch && first !== undefined) chosen(inTone(first, tone));
          else return;
          event.preventDefault();
        }}
      />
      <Kinds group={isSearch ? undefined : group} choose={setGroup} clear={() => setWords('')} />
      <p class="hint" role="status">
        {isSearch ? (shown.length === 0 ? 'Nothing is called so.' : `${shown.length} found`) : name}
      </p>
      <EmojiGrid
        box={grid}
        label={name}
        emoji={shown}
        tone={tone}
        choose={chosen}
        leave={() => field.current?.focus()}
      />
      <Skins
        tone={tone}
        choose={(at) => {
          memory.chooseTone(at);
          setTone(at);
        }}
      />
    </div>
  );
}

interface KindsProps {
  /** Undefined while one searches over all. */
  readonly group: number | undefined;
  readonly choose: (group: number) => void;
  readonly clear: () => void;
}

function Kinds({ group, choose, clear }: KindsProps): VNode {
  const all = [{ name: 'Used last', sign: '🕘', group: RECENT }, ...CATEGORIES];
  return (
    <Toolbar class="kinds" label="Kinds of emoji">
      {all.map(({ name, sign, group: of }) => (
        <button
          key={of}
          type="button"
          class="quiet icon-button emoji"
          aria-pressed={group === of}
          aria-label={name}
          title={name}
          onClick={() => {
            clear();
            choose(of);
          }}
        >
          {sign}
        </button>
      ))}
    </Toolbar>
  );
}

function recent(memory: EmojiMemory): readonly Emoji[] {
  return memory.recent(MOST_RECENT).map(emojiNamed);
}

function Skins({ tone, choose }: { tone: number; choose: (tone: number) => void }): VNode {
  return (
    <Toolbar class="skins" label="Skin">
      {SKINS.map((sign, at) => (
        <button
          key={sign}
          type="button"
          class="quiet icon-button emoji"
          aria-pressed={tone === at}
          aria-label={`Skin: ${SKIN_NAMES[at]}`}
          title={SKIN_NAMES[at]}
          onClick={() => choose(at)}
        >
          {sign}
        </button>
      ))}
    </Toolbar>
  );
}
