import type { VNode } from 'preact';
import { Dialog } from '../controls/dialog.tsx';
import { LaterIcon } from './later-icon.tsx';
import { isPossible, type MessageAct } from './message-acts.ts';
import { entriesFor } from './message-menu.tsx';
import { oneLine } from './one-line.ts';
import { QuickChoice, type QuickReactionsProps } from './quick-reactions.tsx';

export interface MessageSheetProps extends QuickReactionsProps {
  readonly choose: (act: MessageAct) => void;
  /** To all emoji. */
  readonly more: () => void;
  readonly close: () => void;
}

/** Point 17: for a finger, what a mouse has in the bar and the menu. */
export function MessageSheet({ subject, me, recent, react, choose, more, close }: MessageSheetProps): VNode {
  const then = (act: () => void) => (): void => {
    close();
    // Once the dialog has given the focus back: what is chosen may take it further.
    setTimeout(act);
  };
  return (
    <Dialog labelledBy="sheet-heading" shape="sheet" close={close}>
      <h2 id="sheet-heading" class="one-line">
        <bdi>{subject.by.name}</bdi>: <bdi>{oneLine(subject.text)}</bdi>
      </h2>
      {isPossible('react', subject) ? (
        <div class="quick-reactions" role="group" aria-label="React with">
          <QuickChoice {...{ subject, me, recent }} react={(emoji, isWanted) => then(() => react(emoji, isWanted))()} />
          <button type="button" class="quiet icon-button" aria-label="All emoji" onClick={then(more)}>
            <LaterIcon name="react" />
          </button>
        </div>
      ) : null}
      <ul class="sheet-entries">
        {entriesFor(subject)
          .filter(({ act }) => act !== 'react')
          .map(({ act, icon, label }) => (
            <li key={act}>
              <button type="button" class="quiet wide" onClick={then(() => choose(act))}>
                <LaterIcon name={icon} />
                {label}
              </button>
            </li>
          ))}
      </ul>
    </Dialog>
  );
}
