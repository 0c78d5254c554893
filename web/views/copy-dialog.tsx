import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Dialog } from '../controls/dialog.tsx';

/** For pages that may not copy by themselves, as without TLS from another machine; and to copy a part. */
export function CopyDialog({ text, close }: { text: string; close: () => void }): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <Dialog labelledBy="copy-heading" shape="card" close={close}>
      <h2 id="copy-heading">Copy it from here</h2>
      <textarea ref={field} class="copy-field" readOnly rows={6} dir="auto" aria-labelledby="copy-heading">
        {text}
      </textarea>
      <p class="hint">It is selected: copy it with a key, or by the menu of this browser.</p>
      <div class="choices">
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
