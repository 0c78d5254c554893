import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { MemberId } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import type { NeededProps } from '../controls/when-needed.tsx';
import { quotedBy } from '../state/quoted.ts';
import { LaterIcon } from './later-icon.tsx';
import { countText } from './people.tsx';
import type { PinsProps } from './pins.tsx';
import { Summary } from './quoted-line.tsx';

export interface PinsPanelProps extends Omit<PinsProps, 'say'>, NeededProps {
  readonly close: () => void;
}

/** L16: which messages are pinned. */
export function PinsPanel({ state, showAround, pin, lookUp, close }: PinsPanelProps): VNode {
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
            <LaterIcon name="close" />
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
                <LaterIcon name="unpin" />
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
