import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keepFocus } from '../controls/keep-focus.ts';
import { nextInRow } from '../controls/roving.ts';
import { formatKeys, isApple } from './composer-keys.ts';
import { FORMATS, type Format } from './format.ts';
import type { Formatting } from './format-bar.tsx';
import { LaterIcon } from './later-icon.tsx';

export const FORMAT_LABELS: Readonly<Record<Format, string>> = {
  bold: 'Bold',
  italic: 'Italic',
  strike: 'Strike through',
  code: 'Code',
  quote: 'Quote',
  list: 'List',
  link: 'Link',
  spoiler: 'Spoiler',
};

/** One stop of the Tab key; arrows go through it. */
export function FormatKeys({ opened, choose, leave }: Formatting): VNode {
  const bar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<Format>('bold');
  // Opened by a key, the next key is for it.
  useLayoutEffect(() => {
    if (opened === 'by key') buttonsOf(bar.current)[0]?.focus();
  }, [opened]);
  return (
    <div
      ref={bar}
      class="format-bar"
      role="toolbar"
      tabIndex={-1}
      aria-label="Formatting"
      onKeyDown={(event) => {
        const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
        const next = nextInRow(buttonsOf(bar.current), document.activeElement, event.key, isRightToLeft);
        if (event.key === 'Escape') leave();
        else if (next !== undefined) next.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {FORMATS.map((format) => (
        <FormatKey
          key={format}
          format={format}
          isCurrent={format === current}
          come={() => setCurrent(format)}
          choose={() => choose(format)}
        />
      ))}
    </div>
  );
}

function buttonsOf(bar: HTMLElement | null): HTMLElement[] {
  return [...(bar?.querySelectorAll('button') ?? [])];
}

interface FormatKeyProps {
  readonly format: Format;
  /** Of all it is the one that the Tab key comes to. */
  readonly isCurrent: boolean;
  readonly come: () => void;
  readonly choose: () => void;
}

function FormatKey({ format, isCurrent, come, choose }: FormatKeyProps): VNode {
  const label = FORMAT_LABELS[format];
  const keys = formatKeys(format, isApple());
  return (
    <button
      type="button"
      class="quiet icon-button"
      tabIndex={isCurrent ? 0 : -1}
      aria-label={label}
      aria-keyshortcuts={keys?.aria}
      title={keys === undefined ? label : `${label} (${keys.shown})`}
      onPointerDown={keepFocus}
      onFocus={come}
      onClick={choose}
    >
      <LaterIcon name={format} />
    </button>
  );
}
