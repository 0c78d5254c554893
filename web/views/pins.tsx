import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MemberId, Seq } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import { quotedBy } from '../state/quoted.ts';
import type { RoomState } from '../state/room-state.ts';
import { Icon } from './icon.tsx';
import type { MessageActions } from './message-acts.ts';
import { countText } from './people.tsx';
import { Summary } from './quoted-line.tsx';

export interface PinsProps extends Pick<MessageActions, 'pin' | 'lookUp' | 'listPins'> {
  readonly state: RoomState;
  readonly showAround: (seq: Seq) => void;
}

/** L16: how many messages are pinned, and behind it which. Nothing where there are none. */
export function Pins(props: PinsProps): VNode | null {
  const [isOpen, setOpen] = useState(false);
  const { state, listPins } = props;
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
      {isOpen ? <PinsPanel {...props} close={() => setOpen(false)} /> : null}
    </>
  );
}

function PinsPanel({ state, showAround, pin, lookUp, close }: PinsProps & { close: () => void }): VNode {
  const pins = state.lookedUp.pins ?? [];
  const me = state.me?.id ?? NOBODY;
  const unknown = pins.filter((seq) => quotedBy(state, [], seq) === undefined);
  useEffect(() => {
    if (unknown.length > 0) lookUp(unknown);
  }, [unknown.length]);
  return (
    <Dialog labelledBy="pins-heading" shape="side" close={close}>
      <section class="pins" aria-labelledby="pins-heading">
        <header>
          <h2 id="pins-heading">
            Pinned <span class="count">{countText(pins.length)}</span>
          </h2>
          <button type="button" class="quiet icon-button" aria-label="Close the list" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {pins.length === 0 ? <p class="hint">Nothing is pinned. A message is pinned by its menu.</p> : null}
        <ul>
          {pins.map((seq) => (
            <li key={seq}>
              <button
                type="button"
                class="quoted"
                onClick={() => {
                  close();
                  // Once the dialog has given the focus back: the message is to have it.
                  setTimeout(() => showAround(seq));
                }}
              >
                <Summary quoted={quotedBy(state, [], seq)} me={me} />
              </button>
              <button
                type="button"
                class="quiet icon-button"
                aria-label="Unpin"
                title="Unpin"
                onClick={() => pin(seq, false)}
              >
                <Icon name="unpin" />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}

/** Nothing is listed before it is known who looks. */
const NOBODY = '' as MemberId;
