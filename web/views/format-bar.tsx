import type { RefObject, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { keepFocus } from '../controls/keep-focus.ts';
import { type NeededProps, whenNeeded } from '../controls/when-needed.tsx';
import type { Format } from './format.ts';
import { formatField } from './format-field.ts';
import { Icon } from './icon.tsx';

export interface Formatting {
  /** How it was opened; undefined while it is not. */
  readonly opened: 'by key' | 'by pointer' | undefined;
  readonly toggle: (event: MouseEvent) => void;
  readonly choose: (format: Format) => void;
  readonly close: () => void;
  /** Back to where one writes. */
  readonly leave: () => void;
}

export function useFormatting(field: RefObject<HTMLTextAreaElement | null>, failed: () => void): Formatting {
  const [opened, setOpened] = useState<Formatting['opened']>();
  return {
    opened,
    // A click that no pointer made counts nothing.
    toggle: ({ detail }) => setOpened(opened === undefined ? (detail === 0 ? 'by key' : 'by pointer') : undefined),
    choose: (format) => {
      if (field.current !== null) formatField(field.current, format, failed);
    },
    close: () => setOpened(undefined),
    leave: () => field.current?.focus(),
  };
}

export function FormatButton({ opened, toggle }: Formatting): VNode {
  return (
    <button
      type="button"
      class="quiet icon-button"
      aria-label="Formatting"
      title="Formatting"
      aria-expanded={opened !== undefined}
      onPointerDown={keepFocus}
      onClick={toggle}
    >
      <Icon name="format" />
    </button>
  );
}

const Formats = whenNeeded<Formatting & NeededProps>(() =>
  import('./while-writing.tsx').then((made) => made.FormatKeys),
);

export function FormatBar({ failed, ...formatting }: Formatting & NeededProps): VNode | null {
  if (formatting.opened === undefined) return null;
  return (
    <Formats
      {...formatting}
      failed={() => {
        formatting.close();
        failed();
      }}
    />
  );
}
