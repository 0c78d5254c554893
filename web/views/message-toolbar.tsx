import type { VNode } from 'preact';
import { Toolbar } from '../controls/toolbar.tsx';
import { Icon, type IconName } from './icon.tsx';
import { isPossible, type MessageAct, type Perform, type Subject } from './message-acts.ts';

interface Button {
  readonly act: MessageAct;
  readonly icon: IconName;
  readonly label: string;
  readonly key?: string;
}

const BUTTONS: readonly Button[] = [
  { act: 'react', icon: 'react', label: 'React', key: '+' },
  { act: 'reply', icon: 'reply', label: 'Reply', key: 'r' },
  { act: 'edit', icon: 'rewrite', label: 'Edit', key: 'e' },
  { act: 'more', icon: 'more', label: 'Message menu', key: 'Enter' },
];

/** Point 17. It lies over the row and takes no room in it. On touch the last button alone is there, and opens a sheet. */
export function MessageToolbar({ subject, perform }: { subject: Subject; perform: Perform }): VNode {
  return (
    <Toolbar class="message-toolbar" label={`What to do with the message of ${subject.by.name}`}>
      {BUTTONS.filter(({ act }) => isPossible(act, subject)).map(({ act, icon, label, key }) => (
        <button
          key={act}
          type="button"
          class={`quiet icon-button ${act}`}
          aria-label={label}
          aria-haspopup={act === 'react' || act === 'more' ? 'true' : undefined}
          title={key === undefined ? label : `${label} (${key})`}
          onClick={({ currentTarget }) => {
            const row = currentTarget.closest('article');
            if (row !== null) perform(act, subject, row, currentTarget);
          }}
        >
          <Icon name={icon} />
        </button>
      ))}
    </Toolbar>
  );
}
