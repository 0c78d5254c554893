import type { RefObject, VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { type Emoji, inTone } from './emoji-search.ts';

export interface EmojiGridProps {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly label: string;
  readonly emoji: readonly Emoji[];
  readonly tone: number;
  readonly choose: (emoji: string) => void;
  /** Above the first line is what one came from. */
  readonly leave: () => void;
}

/** Buttons in lines: one stop of the Tab key, arrows go through it in both directions. */
export function EmojiGrid({ box, label, emoji, tone, choose, leave }: EmojiGridProps): VNode {
  useLayoutEffect(() => {
    const [first, ...others] = buttonsIn(box.current);
    if (first !== undefined) first.tabIndex = 0;
    for (const other of others) other.tabIndex = -1;
    box.current?.scrollTo(0, 0);
  }, [emoji.length, label]);
  return (
    <div
      ref={box}
      class="emoji-grid"
      role="toolbar"
      tabIndex={-1}
      aria-label={label}
      onFocusIn={({ target }) => {
        for (const button of buttonsIn(box.current)) button.tabIndex = button === target ? 0 : -1;
      }}
      onKeyDown={(event) => {
        const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
        const buttons = buttonsIn(box.current);
        const next = nextInGrid(buttons, event.target, event.key, isRightToLeft);
        if (next === undefined && event.key !== 'ArrowUp') return;
        event.preventDefault();
        (next ?? { focus: leave }).focus();
      }}
    >
      {emoji.map((one) => (
        <button
          key={one.emoji}
          type="button"
          class="quiet icon-button emoji"
          tabIndex={-1}
          aria-label={one.label}
          title={one.label}
          onClick={() => choose(inTone(one, tone))}
        >
          {inTone(one, tone)}
        </button>
      ))}
    </div>
  );
}

function buttonsIn(box: HTMLElement | null): readonly HTMLElement[] {
  return [...(box?.querySelectorAll('button') ?? [])];
}

/** As many as the first line holds; undefined where the key leads out of the grid, or means nothing here. */
export function nextInGrid(
  items: readonly HTMLElement[],
  focused: EventTarget | null,
  key: string,
  isRightToLeft: boolean,
): HTMLElement | undefined {
  const at = items.findIndex((item) => item === focused);
  const end = items.findIndex((item) => item.offsetTop !== items[0]?.offsetTop);
  const columns = end === -1 ? items.length : end;
  const forth = isRightToLeft ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return items[at + forth];
    case 'ArrowLeft':
      return items[at - forth];
    case 'ArrowDown':
      return items[at + columns] ?? items.at(-1);
    case 'ArrowUp':
      return items[at - columns];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return undefined;
  }
}
