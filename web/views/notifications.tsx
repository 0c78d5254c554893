import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Desktop, Permission } from './desktop.ts';
import { Icon } from './icon.tsx';
import type { SettingsDialogProps } from './settings-dialog.tsx';
import { Setting, Switch } from './setting.tsx';
import type { Settings } from './settings.ts';

/** Point 25: first what they are, then the browser's own question, and never without a press of a button. */
export function Notifications({ settings, desktop, here, begin }: SettingsDialogProps): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { notifications, words } = settings;
  const called = settings.ofRoom(here.room);
  useEffect(() => (begin === 'notifications' ? heading.current?.focus() : undefined), []);
  return (
    <section class="settings-part" aria-labelledby="settings-notifications">
      <h3 id="settings-notifications" ref={heading} tabIndex={-1}>
        Notifications
      </h3>
      <TurnOn settings={settings} desktop={desktop} />
      {notifications.value === 'off' ? null : (
        <Switch isOn={words.value === 'shown'} turn={(isOn) => words.choose(isOn ? 'shown' : 'hidden')}>
          They show what was written
        </Switch>
      )}
      <Setting
        legend={
          <>
            From <bdi>{here.name}</bdi>
          </>
        }
        value={called.value}
        choose={(told) => called.choose(told)}
        options={[
          ['mentions', 'Mentions of me'],
          ['all', 'All messages'],
          ['none', 'Nothing'],
        ]}
      />
    </section>
  );
}

/** It asks, and says what came of it. */
function TurnOn({ settings, desktop }: { settings: Settings; desktop: Desktop }): VNode {
  const { notifications } = settings;
  const [permission, setPermission] = useState<Permission>(desktop.permission);
  const turnOn = async (): Promise<void> => {
    const given = await desktop.ask();
    setPermission(given);
    if (given === 'granted') notifications.choose('on');
  };
  const isOn = notifications.value === 'on' && permission === 'granted';
  const button = isOn ? (
    <button type="button" onClick={() => notifications.choose('off')}>
      Turn off
    </button>
  ) : permission === 'unable' ? null : (
    <button type="button" onClick={() => void turnOn()}>
      Turn on notifications
    </button>
  );
  return <Card button={button}>{isOn ? ON : WHAT_THEY_ARE[permission]}</Card>;
}

const ON = 'Notifications are on: you are called while you look elsewhere, and never for the room you have before you.';
const THEY_CALL = 'Snug can call you when somebody mentions you while you look elsewhere.';

const WHAT_THEY_ARE: Readonly<Record<Permission, string>> = {
  unasked: `${THEY_CALL} Your browser will ask whether it may.`,
  granted: `${THEY_CALL} Your browser allows it.`,
  refused:
    'Your browser does not let Snug call you. Allow notifications for this site where the browser keeps what sites may do, most often beside the address. Then turn them on here.',
  unable:
    'Notifications do not work here: this browser has none for pages, or the page came without https. The title of the tab still counts what is unread.',
};

function Card({ button, children }: { button: VNode | null; children: ComponentChildren }): VNode {
  return (
    <div class="settings-card">
      <Icon name="bell" />
      <p role="status">{children}</p>
      {button}
    </div>
  );
}
