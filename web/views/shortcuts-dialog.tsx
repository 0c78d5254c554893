import type { VNode } from 'preact';
import { Dialog } from '../controls/dialog.tsx';
import type { NeededProps } from '../controls/when-needed.tsx';
import { isApple } from './composer-keys.ts';
import { DialogHeader } from './dialog-header.tsx';
import type { EnterKey } from './enter-key.ts';
import { namesOfKeys, shortcutGroups } from './shortcut-list.ts';

export interface ShortcutsDialogProps extends NeededProps {
  readonly enter: EnterKey;
  readonly close: () => void;
}

/** Point 23. */
export function ShortcutsDialog({ enter, close }: ShortcutsDialogProps): VNode {
  return (
    <Dialog labelledBy="shortcuts-heading" shape="card" close={close}>
      <DialogHeader id="shortcuts-heading" close={close}>
        Keyboard shortcuts
      </DialogHeader>
      {shortcutGroups(enter).map(({ name, shortcuts }, at) => (
        <section key={name} class="settings-part shortcuts" aria-labelledby={`shortcuts-${at}`}>
          <h3 id={`shortcuts-${at}`}>{name}</h3>
          <dl>
            {shortcuts.map(({ keys, does }) => (
              <div key={does}>
                <dt>{does}</dt>
                <dd>
                  {keys.map((one, index) => (
                    <span key={one}>
                      {index === 0 ? '' : ' or '}
                      <Keys keys={one} />
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

function Keys({ keys }: { keys: string }): VNode {
  return (
    <span class="keys">
      {namesOfKeys(keys, isApple()).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
