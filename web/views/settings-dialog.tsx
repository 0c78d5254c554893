import type { VNode } from 'preact';
import { Dialog } from '../controls/dialog.tsx';
import type { NeededProps } from '../controls/when-needed.tsx';
import type { Address } from '../../protocol/ids.ts';
import type { Desktop } from './desktop.ts';
import { DialogHeader } from './dialog-header.tsx';
import { Notifications } from './notifications.tsx';
import { Setting } from './setting.tsx';
import type { Settings } from './settings.ts';

export interface SettingsDialogProps extends NeededProps {
  readonly settings: Settings;
  readonly desktop: Desktop;
  /** There Enter always breaks the line, and nothing is to be set. */
  readonly isTouch: boolean;
  /** The room on screen, and what it is called. */
  readonly here: { readonly room: Address; readonly name: string };
  /** Where one came to look. */
  readonly begin: 'settings' | 'notifications';
  readonly close: () => void;
}

/** All that is set in this browser. It holds as soon as it is chosen. */
export function SettingsDialog(props: SettingsDialogProps): VNode {
  const { settings, isTouch, close } = props;
  return (
    <Dialog labelledBy="settings-heading" shape="card" close={close}>
      <DialogHeader id="settings-heading" close={close}>
        Settings
      </DialogHeader>
      <p class="hint">They hold in this browser, in all rooms and tabs, as soon as they are chosen.</p>
      <Look settings={settings} />
      {isTouch ? null : <Writing settings={settings} />}
      <Notifications {...props} />
      <Announced settings={settings} />
    </Dialog>
  );
}

type Part = Pick<SettingsDialogProps, 'settings'>;

function Look({ settings }: Part): VNode {
  const { density } = settings;
  return (
    <section class="settings-part" aria-labelledby="settings-look">
      <h3 id="settings-look">Look</h3>
      <Setting
        legend="Colours"
        value={settings.theme}
        choose={(theme) => settings.chooseTheme(theme)}
        options={[
          ['system', 'As the device'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
      />
      <Setting
        legend="Messages stand"
        value={density.value}
        choose={(value) => density.choose(value)}
        options={[
          ['comfortable', 'Comfortably'],
          ['compact', 'Close together'],
        ]}
        hint="Whether things move follows your device."
      />
    </section>
  );
}

function Writing({ settings: { enterKey } }: Part): VNode {
  const { value } = enterKey;
  return (
    <section class="settings-part" aria-labelledby="settings-writing">
      <h3 id="settings-writing">Writing</h3>
      <Setting
        legend="The Enter key"
        value={value}
        choose={(key) => enterKey.choose(key)}
        options={[
          ['sends', 'Sends the message'],
          ['breaks', 'Breaks the line'],
        ]}
        hint={value === 'sends' ? 'Shift+Enter breaks the line.' : 'Shift+Enter sends. So does Ctrl+Enter.'}
      />
    </section>
  );
}

function Announced({ settings: { announced } }: Part): VNode {
  return (
    <section class="settings-part" aria-labelledby="settings-announced">
      <h3 id="settings-announced">Screen reader</h3>
      <Setting
        legend="Read aloud as it comes"
        value={announced.value}
        choose={(value) => announced.choose(value)}
        options={[
          ['all', 'All messages'],
          ['mentions', 'Mentions of me'],
          ['none', 'No messages'],
        ]}
        hint="What becomes of your own messages and of the connection is always said."
      />
    </section>
  );
}
