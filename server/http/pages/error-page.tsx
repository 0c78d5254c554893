import type { VNode } from 'preact';
import type { Theme } from '../../../protocol/theme.ts';
import { type Assets, renderPage } from './page.tsx';

export interface ErrorPage {
  readonly assets: Assets;
  /** The HTTP status it is sent with. */
  readonly status: number;
  readonly theme?: Theme | undefined;
}

interface Words {
  readonly happened: string;
  readonly todo: string;
}

/** What happened and what to do now, for a person. Never more than the status is told. */
export function renderError({ assets, status, theme }: ErrorPage): string {
  const words = wordsFor(status);
  const { styles } = assets;
  return renderPage({
    assets: { styles },
    theme,
    title: `${words.happened} · Snug`,
    kind: 'error',
    children: <Failure {...words} />,
  });
}

function Failure({ happened, todo }: Words): VNode {
  return (
    <main class="notice-page">
      <h1>{happened}</h1>
      <p>{todo}</p>
      <p>
        <a class="action" href="/">
          To the first page
        </a>
      </p>
    </main>
  );
}

function wordsFor(status: number): Words {
  switch (status) {
    case 403:
      return {
        happened: 'This came from somewhere else',
        todo: 'The server takes a form only from its own pages. Open the first page at the address you were given and try again from there.',
      };
    case 404:
      return {
        happened: 'There is no page here',
        todo: 'The address may be misspelled, or what was here is gone. To come into a room, give its name on the first page.',
      };
    case 413:
      return { happened: 'That was too much at once', todo: 'Nothing of it was kept. Go back and make it shorter.' };
    case 429:
      return {
        happened: 'Too much was asked for from here at once',
        todo: 'Everybody in your network counts together. Nothing is lost: wait a minute, then load this page again. If your browser asks whether to send a form once more, let it.',
      };
    case 503:
      return {
        happened: 'The server is not ready',
        todo: 'It is starting, stopping, or cannot reach what it remembers with. Nothing is lost. Load this page again in a moment.',
      };
    default:
      return status < 500
        ? { happened: 'The server could not read that', todo: 'Nothing was changed. Go back and try once more.' }
        : {
            happened: 'Something went wrong here',
            todo: 'It is the server’s fault, not yours. What was said in the rooms is kept. Load this page again in a moment.',
          };
  }
}
