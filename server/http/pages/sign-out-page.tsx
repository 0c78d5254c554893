import type { VNode } from 'preact';
import type { Theme } from '../../../protocol/theme.ts';
import { type ListedName, NameList } from './name-list.tsx';
import { type Assets, renderPage } from './page.tsx';

export interface SignOutPage {
  readonly assets: Assets;
  readonly theme: Theme | undefined;
  readonly names: readonly ListedName[];
  /** How many more devices are of the session. */
  readonly others: number;
}

/** Asks before it is done, for it cannot be undone. The script says what has not been sent yet. */
export function renderSignOut({ assets, theme, names, others }: SignOutPage): string {
  return renderPage({
    assets,
    theme,
    title: 'Sign out? · Snug',
    kind: 'names-page',
    children: (
      <main class="notice-page">
        <h1>Sign out of this browser?</h1>
        {others > 0 ? <Elsewhere others={others} /> : null}
        {others === 0 && names.length > 0 ? <Names names={names} /> : null}
        <p>
          Every tab of this browser leaves its room, and what you were still typing or sending is removed from here.
          What you wrote stays in the rooms.
        </p>
        <p class="problem" id="unsent" role="status" />
        <form class="choices" method="post" action="/sign-out">
          <button type="submit" class="danger">
            {others > 0 ? 'Sign out here' : 'Sign out'}
          </button>
          <a href="/">Stay</a>
        </form>
        {others > 0 ? <Everywhere /> : null}
      </main>
    ),
  });
}

function Elsewhere({ others }: Pick<SignOutPage, 'others'>): VNode {
  return (
    <p>
      You stay signed in on {others === 1 ? 'your other device' : `your ${others} other devices`}, with all your names.
    </p>
  );
}

function Everywhere(): VNode {
  return (
    <form class="choices" method="post" action="/sign-out">
      <input type="hidden" name="everywhere" value="yes" />
      <p>Or sign out on all your devices. Your names are free at once then, and somebody else may take them.</p>
      <button type="submit">Sign out everywhere</button>
    </form>
  );
}

function Names({ names }: Pick<SignOutPage, 'names'>): VNode {
  return (
    <>
      <p>Your names are free at once, and somebody else may take them:</p>
      <NameList names={names} />
    </>
  );
}
