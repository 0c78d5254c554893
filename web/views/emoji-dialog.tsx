import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../controls/dialog.tsx';
import type { NeededProps } from '../controls/when-needed.tsx';
import type { EmojiPickerProps } from './emoji-picker.tsx';
import { Icon } from './icon.tsx';

type Loaded = 'loading' | 'failed' | { readonly EmojiPicker: ComponentType<EmojiPickerProps> };

export interface EmojiDialogProps extends EmojiPickerProps, Partial<NeededProps> {
  readonly close: () => void;
}

/** What shows all emoji is loaded when it is first asked for. */
export function EmojiDialog({ close, ...picker }: EmojiDialogProps): VNode {
  const [loaded, setLoaded] = useState<Loaded>('loading');
  useEffect(() => {
    let isGone = false;
    import('./emoji-picker.tsx').then(
      ({ EmojiPicker }) => (isGone ? undefined : setLoaded({ EmojiPicker })),
      () => (isGone ? undefined : setLoaded('failed')),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return (
    <Dialog labelledBy="emoji-heading" shape="card" close={close}>
      <header class="dialog-header">
        <h2 id="emoji-heading">Emoji</h2>
        <button type="button" class="quiet icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {loaded === 'loading' ? <p class="hint">Loading the emoji …</p> : null}
      {loaded === 'failed' ? (
        <p class="problem" role="alert">
          The emoji could not be loaded. Nothing is lost: close this, and try again when you are online.
        </p>
      ) : null}
      {typeof loaded === 'object' ? <loaded.EmojiPicker {...picker} /> : null}
    </Dialog>
  );
}
