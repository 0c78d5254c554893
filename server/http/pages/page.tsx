import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { THEME_COLOURS, type Theme } from '../../../protocol/theme.ts';
import { type Card, NameCard } from './name-card.tsx';

/** What the bundler made for one page, as paths from the root of the site. */
export interface Assets {
  readonly styles: readonly string[];
  /** Absent: the page has no script of its own. */
  readonly script?: string;
  /** What the script imports: named in the head, it is fetched at the same time instead of afterwards. */
  readonly preloads?: readonly string[];
  /** What nearly every text is drawn with: named in the head, it is there when the first one is. */
  readonly font?: string;
}

interface Page {
  readonly assets: Assets;
  readonly title: string;
  /** The class of the body: the style of a page hangs on it. */
  readonly kind: 'login' | 'chat' | 'names-page' | 'error';
  readonly children: ComponentChildren;
  /** Chosen in this browser; undefined: as its system has it. */
  readonly theme?: Theme | undefined;
  /** What others are shown of a link to this page. */
  readonly card?: Card;
}

/** A whole document as a string. Everything in it is escaped by the renderer; there is no inline script or style. */
export function renderPage(page: Page): string {
  return `<!doctype html>${renderToString(<Document {...page} />)}`;
}

function Document({ assets, title, kind, children, theme, card }: Page): VNode {
  return (
    <html lang="en" data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        {/* The layout follows the keyboard of a phone; zooming stays possible. */}
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        <meta name="theme-color" content={THEME_COLOURS[theme ?? 'light']} media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content={THEME_COLOURS[theme ?? 'dark']} media="(prefers-color-scheme: dark)" />
        <meta name="robots" content="noindex" />
        {card === undefined ? null : <NameCard {...card} />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        {assets.font === undefined ? null : (
          <link rel="preload" href={assets.font} as="font" type="font/woff2" crossorigin="anonymous" />
        )}
        {assets.styles.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
        {assets.preloads?.map((href) => (
          <link rel="modulepreload" href={href} />
        ))}
        {assets.script === undefined ? null : <script type="module" src={assets.script} />}
      </head>
      <body class={kind}>
        <NavigationBar kind={kind} />
        {children}
      </body>
    </html>
  );
}

function NavigationBar({ kind }: Pick<Page, 'kind'>): VNode {
  return (
    <nav class="navigation-bar" aria-label="Snug">
      <a class="wordmark" href="/">
        Snug
      </a>
      <ul>
        <NavigationLink href="/" text="Join a room" here={kind === 'login'} />
        <NavigationLink href="/chat" text="Chat" here={kind === 'chat'} />
      </ul>
    </nav>
  );
}

function NavigationLink({ href, text, here }: { href: string; text: string; here: boolean }): VNode {
  return (
    <li>
      <a href={href} aria-current={here ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
}
