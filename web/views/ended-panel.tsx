import type { VNode } from 'preact';
import type { Address } from '../../protocol/ids.ts';
import type { LinkState } from '../state/room-state.ts';

type Ended = Extract<LinkState, { kind: 'ended' }>;

/** The connection will not come back by itself: what happened, and the one thing to do. */
export function EndedPanel({ link, room }: { link: Ended; room: Address }): VNode {
  return (
    <div class="ended" role="alert">
      <p>{link.message}</p>
      <p>
        {link.code === 'outdated' ? (
          <a class="action" href={location.href}>
            Load the page again
          </a>
        ) : (
          <a class="action" href={`/?room=${encodeURIComponent(room)}`}>
            Give your name again
          </a>
        )}
      </p>
    </div>
  );
}
