import type { VNode } from 'preact';
import type { NeededProps } from '../controls/when-needed.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PartingDialog } from './parting-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { QuickSwitcher } from './quick-switcher.tsx';
import { RoomDialog } from './room-dialog.tsx';
import type { Opened, RoomOverlaysProps } from './room-overlays.tsx';

export interface OverRoomProps extends RoomOverlaysProps, NeededProps {
  readonly what: Opened | 'switcher';
}

/** What is opened seldom enough to be loaded for it, all at once. */
export function OverRoom({ what, ...props }: OverRoomProps): VNode {
  const { direct, ignored, endSwitching, writeTo } = props;
  const isDirect = direct !== undefined;
  if (what === 'switcher') return <QuickSwitcher {...props} isDirect={isDirect} close={endSwitching} />;
  if (what === 'about') return <RoomDialog {...props} isDirect={isDirect} />;
  if (what === 'invite') return <InviteDialog {...props} />;
  if (typeof what === 'string') return <PartingDialog {...props} parting={what} />;
  const { person } = what;
  const isIgnored = ignored.some(({ id }) => id === person.id);
  return <PersonDialog {...props} {...{ person, isIgnored }} writeTo={isDirect ? undefined : writeTo} />;
}
