import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { MemberId } from '../../protocol/ids.ts';
import { useBackGesture } from '../controls/back-gesture.ts';
import { useCloseOutside, useFloating } from '../controls/floating.ts';
import { Toolbar } from '../controls/toolbar.tsx';
import { Icon } from './icon.tsx';
import { hasReacted, type Subject } from './message-acts.ts';

export interface QuickReactionsProps {
  readonly subject: Subject;
  readonly me: MemberId;
  /** Those used last, newest first. */
  readonly recent: readonly string[];
  readonly react: (emoji: string, isWanted: boolean) => void;
}

/** Those that one uses most, each a press away. */
export function QuickReactions(
  props: QuickReactionsProps & { at: DOMRect; more: () => void; close: () => void },
): VNode {
  const { at, close, more, react } = props;
  const box = useRef<HTMLDivElement>(null);
  useFloating(box, at);
  useCloseOutside(box, close);
  useBackGesture(true, close);
  return (
    <div
      ref={box}
      class="floating"
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && box.current?.contains(relatedTarget) !== true) close();
      }}
    >
      <Toolbar class="quick-reactions" label="React with" isFocused leave={close}>
        <QuickChoice
          {...props}
          react={(emoji, isWanted) => {
            close();
            react(emoji, isWanted);
          }}
        />
        <button type="button" class="quiet icon-button" aria-label="All emoji" title="All emoji" onClick={more}>
          <Icon name="react" />
        </button>
      </Toolbar>
    </div>
  );
}

export function QuickChoice({ subject, me, recent, react }: QuickReactionsProps): VNode {
  return (
    <>
      {recent.map((emoji) => {
        const isOwn = hasReacted(
          subject.reactions.find((one) => one.emoji === emoji),
          me,
        );
        return (
          <button
            key={emoji}
            type="button"
            class="quiet icon-button emoji"
            aria-pressed={isOwn}
            onClick={() => react(emoji, !isOwn)}
          >
            {emoji}
          </button>
        );
      })}
    </>
  );
}
