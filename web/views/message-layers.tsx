import type { VNode } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { MAX_REACTION_KINDS } from '../../protocol/limits.ts';
import type { Person } from '../../protocol/room.ts';
import type { Choices } from './choices.ts';
import { copyText } from './copy.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { EmojiDialog } from './emoji-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { isPossible, type MessageAct, type MessageActions, type Perform, type Subject } from './message-acts.ts';
import { MessageMenu } from './message-menu.tsx';
import { QuickReactions } from './quick-reactions.tsx';

export interface MessageLayersParts {
  /** The same object at every drawing. */
  readonly actions: MessageActions;
  readonly me: Person;
  readonly choices: Pick<Choices, 'emoji'>;
  /** Says something that is over in a moment. */
  readonly say: (text: string) => void;
  readonly focusComposer: () => void;
}

type Layer = { readonly subject: Subject; readonly row: HTMLElement } & (
  | { readonly kind: 'menu' | 'quick'; readonly at: DOMRect }
  | { readonly kind: 'delete' | 'picker' }
  | { readonly kind: 'copy'; readonly text: string }
);

/** As many as stand beside each other on the narrowest phone. */
const MOST_QUICK = 6;

/** What is done with messages, and what lies over the room meanwhile. `perform` is the same at every drawing. */
export function useMessageLayers({ actions, me, choices, say, focusComposer }: MessageLayersParts): {
  perform: Perform;
  layer: VNode | null;
} {
  const [layer, open] = useState<Layer>();
  const close = useCallback(() => {
    open(undefined);
  }, []);
  const perform = useCallback<Perform>(
    (act, subject, row, at = row) => {
      if (!isPossible(act, subject)) return;
      const here = { subject, row };
      switch (act) {
        case 'more':
          return open({ ...here, kind: 'menu', at: at.getBoundingClientRect() });
        case 'react':
          return open({ ...here, kind: 'quick', at: at.getBoundingClientRect() });
        case 'edit':
          return actions.editMessage(subject);
        case 'reply':
          actions.reply(subject.target);
          return focusComposer();
        case 'copy':
          return void copy(subject.text, 'Text copied', say, (text) => open({ ...here, kind: 'copy', text }));
        case 'pin':
          say(subject.isPinned ? 'Unpinned' : 'Pinned');
          return actions.pin(subject.target, !subject.isPinned);
        case 'delete':
          return open({ ...here, kind: 'delete' });
      }
    },
    [actions],
  );
  const react = (subject: Subject) => (emoji: string, isWanted: boolean) => {
    if (isWanted && isFull(subject, emoji))
      return say(`A message takes ${MAX_REACTION_KINDS} kinds of reactions. Choose one that is there already.`);
    if (isWanted) choices.emoji.used(emoji);
    actions.react(subject.target, emoji, isWanted);
  };
  if (layer === undefined) return { perform, layer: null };
  const { subject, row } = layer;
  // What closes by itself gives the focus back; what is chosen may take it further.
  const back = (): void => {
    row.focus({ preventScroll: true });
    close();
  };
  const more = (): void => {
    row.focus({ preventScroll: true });
    open({ kind: 'picker', subject, row });
  };
  const choose = (act: MessageAct): void => perform(act, subject, row);
  return {
    perform,
    layer: <LayerView {...{ layer, me, choices, back, choose, more }} react={react(subject)} actions={actions} />,
  };
}

interface LayerViewProps extends Pick<MessageLayersParts, 'actions' | 'me' | 'choices'> {
  readonly layer: Layer;
  readonly back: () => void;
  readonly choose: (act: MessageAct) => void;
  /** To all emoji. */
  readonly more: () => void;
  readonly react: (emoji: string, isWanted: boolean) => void;
}

function LayerView({ layer, actions, me, choices, back, choose, more, react }: LayerViewProps): VNode {
  const { subject } = layer;
  switch (layer.kind) {
    case 'menu':
      return <MessageMenu {...{ subject, choose }} at={layer.at} close={back} />;
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
    case 'copy':
      return <CopyDialog text={layer.text} close={back} />;
  }
}

async function copy(
  text: string,
  done: string,
  say: (text: string) => void,
  otherwise: (text: string) => void,
): Promise<void> {
  try {
    await copyText(text);
    say(done);
  } catch {
    otherwise(text);
  }
}

function isFull({ reactions }: Subject, emoji: string): boolean {
  return reactions.length >= MAX_REACTION_KINDS && !reactions.some((one) => one.emoji === emoji);
}
