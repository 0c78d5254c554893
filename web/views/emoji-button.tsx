import type { RefObject, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type NeededProps, whenNeeded } from '../controls/when-needed.tsx';
import type { EmojiDialogProps } from './emoji-dialog.tsx';
import type { EmojiMemory } from './emoji-memory.ts';
import { change, passageOf } from './field-change.ts';
import { Icon } from './icon.tsx';

export interface EmojiButtonProps extends NeededProps {
  /** What is chosen stands where its caret is. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly memory: EmojiMemory;
}

const EmojiDialog = whenNeeded<EmojiDialogProps & NeededProps>(() =>
  import('./over-messages.tsx').then((made) => made.EmojiDialog),
);

/** For those whose keyboard has none. */
export function EmojiButton({ field, memory, failed }: EmojiButtonProps): VNode {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <button
        type="button"
        class="quiet icon-button emoji-button"
        aria-label="Emoji"
        title="Emoji"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="smile" />
      </button>
      {isOpen ? (
        <EmojiDialog
          memory={memory}
          close={close}
          failed={() => {
            close();
            failed();
          }}
          choose={(emoji) => {
            close();
            insert(field.current, emoji);
          }}
        />
      ) : null}
    </>
  );
}

/** When the dialog is gone, and has given the focus back. */
function insert(field: HTMLTextAreaElement | null, emoji: string): void {
  setTimeout(() => {
    if (field === null) return;
    const { from, to } = passageOf(field);
    change(field, { from, to, insert: emoji, select: [from + emoji.length, from + emoji.length] });
  });
}
