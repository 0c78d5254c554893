import type { VNode } from 'preact';
import type { MemberId } from '../../protocol/ids.ts';
import type { Quoted } from '../state/quoted.ts';
import { Icon } from './icon.tsx';
import { Summary } from './quoted-line.tsx';

/** Which message the next one answers, and the way out. */
export function ReplyBar({ quoted, me, cancel }: { quoted: Quoted; me: MemberId; cancel: () => void }): VNode {
  return (
    <div class="replying">
      <p class="quoted">
        <Icon name="reply" />
        <span>Reply to </span>
        <Summary quoted={quoted} me={me} />
      </p>
      <button type="button" class="quiet icon-button" aria-label="Cancel the reply" onClick={cancel}>
        <Icon name="close" />
      </button>
    </div>
  );
}
