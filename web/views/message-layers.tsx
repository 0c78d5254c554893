import type { VNode } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { MAX_REACTION_KINDS } from '../../protocol/limits.ts';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import type { Choices } from './choices.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { doAtOnce } from './done-at-once.ts';
import { EarlierDialog } from './earlier-dialog.tsx';
import { EmojiDialog } from './emoji-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { isPossible, type MessageAct, type MessageActions, type Perform, type Subject } from './message-acts.ts';
import { MessageMenu } from './message-menu.tsx';
import { MessageSheet } from './message-sheet.tsx';
import { QuickReactions } from './quick-reactions.tsx';

export interface MessageLayersParts {
  /** The same object at every drawing. */
  readonly actions: MessageActions;
  readonly room: Address;
  readonly me: Person;
  readonly choices: Pick<Choices, 'emoji'>;
  /** Says something that is over in a moment. */
  /** There is no mouse, and what is offered comes as a sheet. */
  readonly isTouch: boolean;
  readonly say: (text: string) => void;
  readonly focusComposer: () => void;
}

type Layer = { readonly subject: Subject; readonly row: HTMLElement } & (
  | { readonly kind: 'menu' | 'quick'; readonly at: DOMRect }
  | { readonly kind: 'delete' | 'picker' | 'earlier' | 'sheet' }
  | { readonly kind: 'copy'; readonly text: string }
);

/** As many as stand beside each other on the narrowest phone. */
const MOST_QUICK = 6;

/** What is done with messages, and what lies over the room meanwhile. `perform` is the same at every drawing. */
export function useMessageLayers({ actions, room, me, choices, isTouch, say, focusComposer }: MessageLayersParts): {
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
      const box = (): DOMRect => at.getBoundingClientRect();
      switch (act) {
        case 'more':
          row.focus({ preventScroll: true });
          return open(isTouch ? { ...here, kind: 'sheet' } : { ...here, kind: 'menu', at: box() });
        case 'react':
          return open({ ...here, kind: 'quick', at: box() });
        case 'delete':
        case 'earlier':
          return open({ ...here, kind: act });
        default:
          return doAtOnce(act, subject, { actions, room, say, focusComposer }, (text) =>
            open({ ...here, kind: 'copy', text }),
          );
      }
    },
    [actions, room, isTouch],
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
