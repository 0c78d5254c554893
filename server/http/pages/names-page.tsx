import type { VNode } from 'preact';
import type { Address, MemberId } from '../../../protocol/ids.ts';
import type { Theme } from '../../../protocol/theme.ts';
import { type Assets, renderPage } from './page.tsx';

/** One name that this session has in one room. */
export interface OwnName {
  readonly room: Address;
  readonly title: string;
  readonly member: MemberId;
  readonly name: string;
  /** Comes in at once. */
  readonly path: string;
  readonly isHere: boolean;
}

export interface NamesPage {
  readonly assets: Assets;
  readonly theme: Theme | undefined;
  /** The last visited first. */
  readonly names: readonly OwnName[];
}

export function renderNames({ assets, theme, names }: NamesPage): string {
  const { script: _, preloads: _preloads, ...unscripted } = assets;
  return renderPage({
    assets: unscripted,
    theme,
    title: 'Your names and rooms · Snug',
    kind: 'names-page',
    children: (
      <main class="notice-page">
        <h1>Your names and rooms</h1>
        <p>
          A name is yours in its room, also while you are away. It is free again 30 days after your last visit, or an
          hour after it if you never wrote there.
        </p>
        <ul class="names">
          {names.map((own) => (
            <Row key={own.member} {...own} />
          ))}
        </ul>
        <p class="choices">
          <a href="/">Back</a>
          <a href="/devices">Your devices</a>
          <a href="/sign-out">Sign out</a>
        </p>
      </main>
    ),
  });
}

function Row({ room, title, member, name, path, isHere }: OwnName): VNode {
  const query = new URLSearchParams({ room, as: member }).toString();
  return (
    <li>
      <p class="whose" id={`name-${member}`}>
        <bdi class="own-name">{name}</bdi> in{' '}
        <a href={path}>
          <bdi>{title}</bdi>
        </a>
        {isHere ? <span class="hint"> Here now.</span> : null}
      </p>
      {isHere ? (
        <form method="post" action="/leave">
          <input type="hidden" name="room" value={room} />
          <input type="hidden" name="as" value={member} />
          <button type="submit" class="name-action" aria-describedby={`name-${member}`}>
            Leave this room
          </button>
        </form>
      ) : null}
      <a class="name-action" href={`/give-up?${query}`} aria-describedby={`name-${member}`}>
        Give up the name
      </a>
    </li>
  );
}
