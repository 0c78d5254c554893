import type { OwnName } from './names-page.tsx';
import type { Theme } from '../../../protocol/theme.ts';
import { type Assets, renderPage } from './page.tsx';

export interface GiveUpPage {
  readonly assets: Assets;
  readonly theme: Theme | undefined;
  readonly own: Pick<OwnName, 'room' | 'title' | 'member' | 'name'>;
}

/** Asks before it is done, for it cannot be undone. */
export function renderGiveUp({ assets, theme, own }: GiveUpPage): string {
  const { script: _, preloads: _preloads, ...unscripted } = assets;
  return renderPage({
    assets: unscripted,
    theme,
    title: 'Give up a name? · Snug',
    kind: 'names-page',
    children: (
      <main class="notice-page">
        <h1>
          Give up the name <bdi>{own.name}</bdi> in <bdi>{own.title}</bdi>?
        </h1>
        <p>
          It is free at once: somebody else may take it. What you wrote stays in the room, and can no longer be edited
          or deleted by you. Come in again, even under the same name, and you are somebody new there.
        </p>
        <form class="choices" method="post" action="/give-up">
          <input type="hidden" name="room" value={own.room} />
          <input type="hidden" name="as" value={own.member} />
          <button type="submit" class="danger">
            Give up the name
          </button>
          <a href="/names">Keep it</a>
        </form>
      </main>
    ),
  });
}
