import type { VNode } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import type { Choices } from './choices.ts';
import { doAtOnce } from './done-at-once.ts';
import { isPossible, type MessageAct, type MessageActions, type Perform, type Subject } from './message-acts.ts';
import type { OverMessageProps } from './over-messages.tsx';

export interface MessageLayersParts {
  /** The same object at every drawing. */
  readonly actions: MessageActions;
  readonly room: Address;
  readonly me: Person;
  readonly choices: Pick<Choices, 'emoji'>;
  /** There is no mouse, and what is offered comes as a sheet. */
  readonly isTouch: boolean;
  /** Says something that is over in a moment. */
  readonly say: (text: string) => void;
  readonly focusComposer: () => void;
}

export type Layer = { readonly subject: Subject; readonly row: HTMLElement } & (
  | { readonly kind: 'menu' | 'quick'; readonly at: DOMRect }
  | { readonly kind: 'delete' | 'picker' | 'earlier' | 'sheet' }
  | { readonly kind: 'copy'; readonly text: string }
);

const OverMessage = whenNeeded<OverMessageProps>(() => import('./over-messages.tsx').then((made) => made.OverMessage));

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
  const failed = (): void => {
    say(NOT_LOADED);
    back();
  };
  const choose = (act: MessageAct): void => perform(act, subject, row);
  return {
    perform,
    layer: <OverMessage {...{ layer, actions, me, choices, say, back, choose, more, failed }} />,
  };
}
