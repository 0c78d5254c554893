import type { VNode } from 'preact';
import type { Address, MemberId } from '../../../protocol/ids.ts';
import type { Theme } from '../../../protocol/theme.ts';
import { type Assets, renderPage } from './page.tsx';

export interface ChatPage {
  readonly assets: Assets;
  readonly room: Address;
  /** The room as whoever came first spelled it. */
  readonly title: string;
  /** As whom this session came in, as far as the server can tell: the tab may know better. */
  readonly memberName: string;
  readonly as?: MemberId | undefined;
  readonly theme?: Theme | undefined;
}

export function renderChat(page: ChatPage): string {
  const { assets, theme } = page;
  return renderPage({ assets, theme, title: `#${page.title} · Snug`, kind: 'chat', children: <Chat {...page} /> });
}

// What the script has to know stands in data attributes: the content security policy allows no inline script.
function Chat({ room, title, memberName, as }: ChatPage): VNode {
  return (
    <div id="chat" class="chat-root" data-room={room} data-title={title} data-name={memberName} data-as={as}>
      <noscript>
        <main class="notice-page">
          <h1>
            <bdi>{title}</bdi>
          </h1>
          <p>
            The room itself needs JavaScript: messages come and go while the page is open. Allow it for this page and
            load it again. You are still signed in.
          </p>
        </main>
      </noscript>
    </div>
  );
}
