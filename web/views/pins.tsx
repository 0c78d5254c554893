import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Seq } from '../../protocol/ids.ts';
import { NOT_LOADED, whenNeeded } from '../controls/when-needed.tsx';
import type { RoomState } from '../state/room-state.ts';
import { Icon } from './icon.tsx';
import type { MessageActions } from './message-acts.ts';
import { countText } from './people.tsx';
import type { PinsPanelProps } from './pins-panel.tsx';

export interface PinsProps extends Pick<MessageActions, 'pin' | 'lookUp' | 'listPins'> {
  readonly state: RoomState;
  readonly showAround: (seq: Seq) => void;
  /** Says something that is over in a moment. */
  readonly say: (text: string) => void;
}

const PinsPanel = whenNeeded<PinsPanelProps>(() => import('./pins-panel.tsx').then((made) => made.PinsPanel));

/** L16: how many messages are pinned, and behind it which. Nothing where there are none. */
export function Pins(props: PinsProps): VNode | null {
  const [isOpen, setOpen] = useState(false);
  const { state, listPins, say } = props;
  const close = (): void => setOpen(false);
  const failed = (): void => {
    say(NOT_LOADED);
    close();
  };
  const isIn = state.me !== undefined;
  useEffect(() => {
    if (isIn) listPins();
  }, [isIn]);
  const count = state.lookedUp.pins?.length ?? 0;
  if (count === 0 && !isOpen) return null;
  return (
    <>
      <button
        type="button"
        class="quiet pins-button"
        aria-label={`Pinned messages: ${countText(count)}`}
        title="Pinned messages"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="pin" />
        <span>{countText(count)}</span>
      </button>
      {isOpen ? <PinsPanel {...props} {...{ close, failed }} /> : null}
    </>
  );
}
