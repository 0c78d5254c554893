import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** What the bundler made for one page, as paths from the root of the site. */
export interface Assets {
  readonly styles: readonly string[];
  /** Absent: the page has no script of its own. */
  readonly script?: string;
  /** What the script imports: named in the head, it is fetched at the same time instead of afterwards. */
  readonly preloads?: readonly string[];
}

interface Page {
  readonly assets: Assets;
  readonly title: string;
  /** The class of the body: the style of a page hangs on it. */
  readonly kind: 'login' | 'chat' | 'error';
  readonly children: ComponentChildren;
}

/** A whole document as a string. Everything in it is escaped by the renderer; there is no inline script or style. */
export function renderPage(page: Page): string {
  return `<!doctype html>${renderToString(<Document {...page} />)}`;
}

function Document({ assets, title, kind, children }: Page): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        {/* The layout follows the keyboard of a phone; zooming stays possible. */}
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#111419" media="(prefers-color-scheme: dark)" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
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
