import type { VNode } from 'preact';
import type { DeviceId } from '../../../protocol/ids.ts';
import type { Theme } from '../../../protocol/theme.ts';
import { type Assets, renderPage } from './page.tsx';

export interface OwnDevice {
  readonly id: DeviceId;
  readonly name: string;
  /** The one that asks. */
  readonly isThis: boolean;
  /** Since it was last used. */
  readonly hours: number;
}

export interface DevicesPage {
  readonly assets: Assets;
  readonly theme: Theme | undefined;
  /** The one made first at first. */
  readonly devices: readonly OwnDevice[];
  /** How many there may be. */
  readonly most: number;
}

export function renderDevices({ assets, theme, devices, most }: DevicesPage): string {
  const { script: _, preloads: _preloads, ...unscripted } = assets;
  return renderPage({
    assets: unscripted,
    theme,
    title: 'Your devices · Snug',
    kind: 'names-page',
    children: (
      <main class="notice-page">
        <h1>Your devices</h1>
        <p>On each of these you are the same person: with your names, your rooms, and how far you have read.</p>
        <ul class="names">
          {devices.map((device) => (
            <Row key={device.id} {...device} />
          ))}
        </ul>
        {devices.length > 1 ? (
          <form method="post" action="/sign-out-others">
            <button type="submit">Sign out everywhere else</button>
          </form>
        ) : null}
        <h2>Take your name along</h2>
        {devices.length < most ? (
          <TakeAlong />
        ) : (
          <p>You have {most} devices, and there cannot be more. Sign one of them out first.</p>
        )}
        <p class="choices">
          <a href="/chat">Back</a>
          <a href="/names">Your names and rooms</a>
        </p>
      </main>
    ),
  });
}

function Row({ id, name, isThis, hours }: OwnDevice): VNode {
  return (
    <li>
      <p class="whose" id={`device-${id}`}>
        <span class="own-name">{name}</span>{' '}
        <span class="hint">{isThis ? 'This device.' : `Last used ${ago(hours)}.`}</span>
      </p>
      {isThis ? null : (
        <form method="post" action="/sign-out-there">
          <input type="hidden" name="device" value={id} />
          <button type="submit" class="name-action" aria-describedby={`device-${id}`}>
            Sign out there
          </button>
        </form>
      )}
    </li>
  );
}

function TakeAlong(): VNode {
  return (
    <form class="choices" method="post" action="/take-along">
      <p>Be the same person on your phone or another computer. You get a link and a code that work once.</p>
      <button type="submit" class="action">
        Show a link and a code
      </button>
    </form>
  );
}

/** Without a clock of the reader's: the server does not know where they are. */
function ago(hours: number): string {
  if (hours < 1) return 'in the last hour';
  if (hours < 48) return counted(Math.floor(hours), 'hour');
  return counted(Math.floor(hours / 24), 'day');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
