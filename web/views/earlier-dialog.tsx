import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MemberId } from '../../protocol/ids.ts';
import type { ReplyTo } from '../../protocol/requests.ts';
import { Dialog } from '../controls/dialog.tsx';
import type { Named } from '../markup/tree.ts';
import { Icon } from './icon.tsx';
import type { MessageActions, Subject } from './message-acts.ts';
import { MessageText } from './message-text.tsx';
import { colourClass } from './person.tsx';
import { dayName, timeOfDay } from './time-text.ts';

export interface EarlierDialogProps {
  readonly subject: Subject;
  readonly me: MemberId;
  readonly ask: MessageActions['earlier'];
  readonly close: () => void;
}

/** L15: what a message said before it was edited. */
export function EarlierDialog({ subject, me, ask, close }: EarlierDialogProps): VNode {
  const [reply, setReply] = useState<ReplyTo<'earlier'> | 'asked' | undefined>('asked');
  useEffect(() => {
    let isGone = false;
    if (subject.seq !== undefined) void ask(subject.seq).then((given) => (isGone ? undefined : setReply(given)));
    return () => {
      isGone = true;
    };
  }, [subject.seq]);
  return (
    <Dialog labelledBy="earlier-heading" shape="card" close={close}>
      <header class="dialog-header">
        <h2 id="earlier-heading">Earlier texts</h2>
        <button type="button" class="quiet icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {reply === 'asked' ? <p class="hint">Loading them …</p> : <Given {...{ reply, subject, me }} />}
    </Dialog>
  );
}

type GivenProps = Pick<EarlierDialogProps, 'subject' | 'me'> & { reply: ReplyTo<'earlier'> | undefined };

function Given({ reply, subject: { by, own }, me }: GivenProps): VNode {
  if (reply?.ok !== true) return <p class="problem">They could not be loaded. {reply?.message ?? NO_CONNECTION}</p>;
  return (
    <ol class="earlier-texts">
      {reply.more ? <li class="hint">There are older ones, which had no room here.</li> : null}
      {reply.texts.map(({ at, text }) => (
        <li key={at}>
          <time dateTime={new Date(at).toISOString()}>{`${dayName(at, Date.now())}, ${timeOfDay(at)}`}</time>
          <MessageText
            {...{ text, me }}
            named={NOBODY}
            name={by.name}
            colour={colourClass(by.id, own)}
            isEdited={false}
            sendingSince={undefined}
          />
        </li>
      ))}
    </ol>
  );
}

const NO_CONNECTION = 'There is no connection to the server at the moment: try again when there is.';
const NOBODY: readonly Named[] = [];
