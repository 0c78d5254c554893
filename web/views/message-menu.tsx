import type { VNode } from 'preact';
import { ContextMenu, MenuItem } from '../controls/menu.tsx';
import { LaterIcon, type LaterIconName } from './later-icon.tsx';
import { isPossible, type MessageAct, type Subject } from './message-acts.ts';

export interface MenuEntry {
  readonly act: MessageAct;
  readonly icon: LaterIconName;
  readonly label: string;
}

/** What a menu or a sheet offers, in their order. */
export function entriesFor(subject: Subject): readonly MenuEntry[] {
  const all: readonly MenuEntry[] = [
    { act: 'react', icon: 'react', label: 'React' },
    { act: 'reply', icon: 'reply', label: 'Reply' },
    { act: 'edit', icon: 'rewrite', label: 'Edit' },
    { act: 'copy', icon: 'copy', label: 'Copy text' },
    { act: 'code', icon: 'code', label: 'Copy code' },
    { act: 'link', icon: 'link', label: 'Copy link' },
    subject.isPinned
      ? { act: 'pin', icon: 'unpin', label: 'Unpin' }
      : { act: 'pin', icon: 'pin', label: 'Pin to the room' },
    { act: 'unread', icon: 'unread', label: 'Mark as unread' },
    { act: 'earlier', icon: 'earlier', label: 'Earlier texts' },
    { act: 'delete', icon: 'remove', label: 'Delete …' },
  ];
  return all.filter(({ act }) => isPossible(act, subject));
}

export interface MessageMenuProps {
  readonly subject: Subject;
  readonly at: DOMRect;
  readonly choose: (act: MessageAct) => void;
  readonly close: () => void;
}

export function MessageMenu({ subject, at, choose, close }: MessageMenuProps): VNode {
  return (
    <ContextMenu label={`Message of ${subject.by.name}`} at={at} close={close}>
      {entriesFor(subject).map(({ act, icon, label }) => (
        <MenuItem key={act} icon={<LaterIcon name={icon} />} choose={() => choose(act)}>
          {label}
        </MenuItem>
      ))}
    </ContextMenu>
  );
}
