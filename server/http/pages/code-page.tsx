import type { VNode } from 'preact';
import { encode } from 'uqr';
import type { Theme } from '../../../protocol/theme.ts';
import { type Assets, renderPage } from './page.tsx';

export interface CodePage {
  readonly assets: Assets;
  readonly theme: Theme | undefined;
  readonly link: string;
  readonly typed: string;
  /** How long both are good. */
  readonly minutes: number;
}

/** Shown once: the server itself knows it by a hash. */
export function renderCode({ assets, theme, link, typed, minutes }: CodePage): string {
  const { script: _, preloads: _preloads, ...unscripted } = assets;
  return renderPage({
    assets: unscripted,
    theme,
    title: 'Take your name along · Snug',
    kind: 'names-page',
    children: (
      <main class="notice-page">
        <h1>Take your name along</h1>
        <p>Open this on the other device, or hold its camera over the picture:</p>
        <p class="room-address">
          <code class="address" id="link">
            {link}
          </code>
        </p>
        <div class="qr-code">
          <QrCode text={link} />
        </div>
        <p>Or choose “I have a code” on the first page there, and type:</p>
        <p class="typed-code" id="typed">
          {typed}
        </p>
        <p>
          It works once, and for {minutes} minutes from now. Whoever has it is you in all your rooms: show it to nobody
          else.
        </p>
        <form class="choices" method="post" action="/take-along">
          <a href="/devices">Your devices</a>
          <button type="submit">Show another one</button>
        </form>
      </main>
    ),
  });
}

/** The quiet zone that the standard asks for around it, in modules. */
const QUIET = 4;

function QrCode({ text }: { text: string }): VNode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
      <path d={squares.join('')} />
    </svg>
  );
}
