import type { VNode } from 'preact';
import { MAX_REACTION_KINDS } from '../../protocol/limits.ts';
import type { NeededProps } from '../controls/when-needed.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { EarlierDialog } from './earlier-dialog.tsx';
import { EmojiDialog } from './emoji-dialog.tsx';
import type { MessageAct, Subject } from './message-acts.ts';
import type { Layer, MessageLayersParts } from './message-layers.tsx';
import { MessageMenu } from './message-menu.tsx';
import { MessageSheet } from './message-sheet.tsx';
import { QuickReactions } from './quick-reactions.tsx';

export interface OverMessageProps extends Pick<MessageLayersParts, 'actions' | 'me' | 'choices' | 'say'>, NeededProps {
  readonly layer: Layer;
  readonly back: () => void;
  readonly choose: (act: MessageAct) => void;
  /** To all emoji. */
  readonly more: () => void;
}

/** For the composer, which shows it as well. */
export { EmojiDialog };

/** As many as stand beside each other on the narrowest phone. */
const MOST_QUICK = 6;

/** What lies over the room for one message: opened seldom enough to be loaded for it, all at once. */
export function OverMessage({ layer, actions, me, choices, say, back, choose, more }: OverMessageProps): VNode {
  const { subject } = layer;
  const react = (emoji: string, isWanted: boolean): void => {
    if (isWanted && isFull(subject, emoji))
      return say(`A message takes ${MAX_REACTION_KINDS} kinds of reactions. Choose one that is there already.`);
    if (isWanted) choices.emoji.used(emoji);
    actions.react(subject.target, emoji, isWanted);
  };
  switch (layer.kind) {
    case 'menu':
      return <MessageMenu {...{ subject, choose }} at={layer.at} close={back} />;
    case 'sheet':
      return (
        <MessageSheet
          {...{ subject, react, choose, more }}
          me={me.id}
          recent={choices.emoji.recent(MOST_QUICK)}
          close={back}
        />
      );
    case 'quick':
      return (
        <QuickReactions
          {...{ subject, react }}
          me={me.id}
          at={layer.at}
          recent={choices.emoji.recent(MOST_QUICK)}
          more={more}
          close={back}
        />
      );
    case 'picker':
      return (
        <EmojiDialog
          memory={choices.emoji}
          close={back}
          choose={(emoji) => {
            back();
            react(emoji, true);
          }}
        />
      );
    case 'delete':
      return <DeleteDialog text={subject.text} deleteIt={() => actions.deleteMessage(subject.target)} close={back} />;
    case 'earlier':
      return <EarlierDialog subject={subject} ask={actions.earlier} me={me.id} close={back} />;
    case 'copy':
      return <CopyDialog text={layer.text} close={back} />;
  }
}

function isFull({ reactions }: Subject, emoji: string): boolean {
  return reactions.length >= MAX_REACTION_KINDS && !reactions.some((one) => one.emoji === emoji);
}
