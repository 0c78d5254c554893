import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';

/** `id` names the dialog (labelledBy). */
export function DialogHeader(props: { id: string; close: () => void; children: ComponentChildren }): VNode {
  const { id, close, children } = props;
  return (
    <header class="dialog-header">
      <h2 id={id}>{children}</h2>
      <button type="button" class="quiet icon-button" aria-label="Close" onClick={close}>
        <Icon name="close" />
      </button>
    </header>
  );
}
