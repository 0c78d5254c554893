import type { VNode } from 'preact';
import type { Theme } from '../../../protocol/theme.ts';
import { type ListedName, NameList } from './name-list.tsx';
import { type Assets, renderPage } from './page.tsx';

export interface ComeAlongPage {
  readonly assets: Assets;
  readonly theme: Theme | undefined;
  /** The code of the link by which one came; undefined: it is to be typed. */
  readonly link?: string | undefined;
  /** As it was typed: nothing that was typed is lost. */
  readonly typed?: string;
  readonly problem?: string;
  /** By which this browser is known until now. */
  readonly names: readonly ListedName[];
}

const FIELD = 'code';

/** Says nothing of whose code it is: whoever finds the link would learn who they are. */
export function renderComeAlong({ assets, theme, link, typed = '', problem, names }: ComeAlongPage): string {
  const { script: _, preloads: _preloads, ...unscripted } = assets;
  return renderPage({
    assets: unscripted,
    theme,
    title: problem === undefined ? 'Come along · Snug' : 'Not yet: come along · Snug',
    kind: 'names-page',
    children: (
      <main class="notice-page">
        <h1>Use your name on this device</h1>
        <p>
          You are here then who you are on the device that showed you the {link === undefined ? 'code' : 'link'}, in the
          same rooms. Go on only if that device is yours.
        </p>
        {names.length > 0 ? <Names names={names} /> : null}
        <form class="come-along" method="post" action="/come-along">
          {link === undefined ? (
            <CodeField label="Code" typed={typed} problem={problem} />
          ) : (
            <LinkField {...{ link, problem }} />
          )}
          <button type="submit" class="action">
            Come along
          </button>
        </form>
        <p class="choices">
          <a href="/">Stay as you are</a>
        </p>
      </main>
    ),
  });
}

function Names({ names }: Pick<ComeAlongPage, 'names'>): VNode {
  return (
    <>
      <p>
        This browser has names of its own. It will not be known by them any more, and they are free again 30 days after
        their last visit:
      </p>
      <NameList names={names} />
    </>
  );
}

function LinkField({ link, problem }: { link: string; problem: string | undefined }): VNode {
  return (
    <>
      <input type="hidden" name="link" value={link} />
      {problem === undefined ? null : (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function CodeField({ label, typed, problem }: { label: string; typed: string; problem: string | undefined }): VNode {
  return (
    <div class="field">
      <label for={FIELD}>{label}</label>
      <input
        id={FIELD}
        name={FIELD}
        type="text"
        required
        value={typed}
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck={false}
        enterkeyhint="go"
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby="code-problem"
        autofocus
      />
      <p class="problem" id="code-problem">
        {problem ?? ''}
      </p>
    </div>
  );
}
