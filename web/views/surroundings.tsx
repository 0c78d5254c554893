import { type ComponentChildren, createContext, type VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import { isApple } from './composer-keys.ts';
import { goToPlace } from './landmarks.ts';
import type { Settings } from './settings.ts';
import type { SettingsDialogProps } from './settings-dialog.tsx';
import { askedAround, type Around as Asked } from './shortcuts.ts';
import type { ShortcutsDialogProps } from './shortcuts-dialog.tsx';
import { Toast, useToast } from './toast.tsx';

/** What can be opened over any room. notifications: the settings, where they tell of those. */
export type Opened = 'settings' | 'notifications' | 'shortcuts';

interface Around {
  /** Undefined where a view is drawn by itself. */
  readonly settings: Settings | undefined;
  readonly open: (what: Opened) => void;
  /** There are keys to press. */
  readonly hasKeyboard: boolean;
  /** For the announcer. */
  readonly said: string;
}

export const SurroundingsContext = createContext<Around>({
  settings: undefined,
  open: () => {},
  hasKeyboard: true,
  said: '',
});

export interface SurroundingsProps extends Pick<SettingsDialogProps, 'settings' | 'desktop' | 'isTouch' | 'here'> {
  readonly children: ComponentChildren;
}

const SettingsDialog = whenNeeded<SettingsDialogProps>(() =>
  import('./settings-dialog.tsx').then((made) => made.SettingsDialog),
);

const ShortcutsDialog = whenNeeded<ShortcutsDialogProps>(() =>
  import('./shortcuts-dialog.tsx').then((made) => made.ShortcutsDialog),
);

/** What there is around a room, whichever is shown. */
export function Surroundings({ children, ...about }: SurroundingsProps): VNode {
  const { settings, isTouch } = about;
  const [opened, setOpened] = useState<Opened>();
  const [toast, say] = useToast();
  const around = useMemo(
    () => ({ settings, open: setOpened, hasKeyboard: !isTouch, said: toast }),
    [settings, isTouch, toast],
  );
  const close = (): void => setOpened(undefined);
  const failed = (): void => {
    say(NOT_LOADED);
    close();
  };
  useShortcuts(setOpened);
  return (
    <SurroundingsContext.Provider value={around}>
      {children}
      {opened === undefined ? null : opened === 'shortcuts' ? (
        <ShortcutsDialog enter={settings.enterKey.value} {...{ close, failed }} />
      ) : (
        <SettingsDialog {...about} begin={opened} {...{ close, failed }} />
      )}
      <Toast text={toast} />
    </SurroundingsContext.Provider>
  );
}

const FIELDS = 'input, textarea, select, [contenteditable]';
/** What lies over the room has the keyboard for itself. */
const LAYERS = 'dialog[open], [role="menu"]';

function useShortcuts(open: (what: Opened) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isWriting = event.target instanceof Element && event.target.closest(FIELDS) !== null;
      const asked = event.defaultPrevented ? undefined : askedAround(event, isApple(), isWriting);
      if (asked === undefined || document.querySelector(LAYERS) !== null) return;
      event.preventDefault();
      act(asked);
    };
    const act = (asked: Asked): void => {
      if (asked === 'nextPlace') goToPlace(document, 1);
      else if (asked === 'previousPlace') goToPlace(document, -1);
      else open(asked);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [open]);
}
