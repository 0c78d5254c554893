import { type ComponentChildren, createContext, type VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import type { Settings } from './settings.ts';
import type { SettingsDialogProps } from './settings-dialog.tsx';
import { Toast, useToast } from './toast.tsx';

/** What can be opened over any room. notifications: the settings, where they tell of those. */
export type Opened = 'settings' | 'notifications';

interface Around {
  /** Undefined where a view is drawn by itself. */
  readonly settings: Settings | undefined;
  readonly open: (what: Opened) => void;
  /** For the announcer. */
  readonly said: string;
}

export const SurroundingsContext = createContext<Around>({ settings: undefined, open: () => {}, said: '' });

export interface SurroundingsProps extends Pick<SettingsDialogProps, 'settings' | 'desktop' | 'isTouch' | 'here'> {
  readonly children: ComponentChildren;
}

const SettingsDialog = whenNeeded<SettingsDialogProps>(() =>
  import('./settings-dialog.tsx').then((made) => made.SettingsDialog),
);

/** What there is around a room, whichever is shown. */
export function Surroundings({ children, ...about }: SurroundingsProps): VNode {
  const { settings } = about;
  const [opened, setOpened] = useState<Opened>();
  const [toast, say] = useToast();
  const around = useMemo(() => ({ settings, open: setOpened, said: toast }), [settings, toast]);
  const close = (): void => setOpened(undefined);
  return (
    <SurroundingsContext.Provider value={around}>
      {children}
      {opened === undefined ? null : (
        <SettingsDialog {...about} begin={opened} close={close} failed={() => (say(NOT_LOADED), close())} />
      )}
      <Toast text={toast} />
    </SurroundingsContext.Provider>
  );
}
