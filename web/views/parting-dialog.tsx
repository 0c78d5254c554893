import type { VNode } from 'preact';
import { Dialog } from '../controls/dialog.tsx';
import { LeaveForm, type LeaveFormProps } from './leave-form.tsx';

/** What cannot be taken back, and is asked about. */
export type Parting = 'giveUp' | 'signOut';

export interface PartingDialogProps extends Pick<LeaveFormProps, 'room' | 'me' | 'leave'> {
  readonly title: string;
  readonly parting: Parting;
  readonly unsent: number;
  readonly close: () => void;
}

export function PartingDialog({ parting, room, title, me, unsent, leave, close }: PartingDialogProps): VNode {
  const isSignOut = parting === 'signOut';
  return (
    <Dialog labelledBy="parting-heading" shape="card" close={close}>
      <h2 id="parting-heading">{isSignOut ? 'Sign out?' : 'Give up your name?'}</h2>
      {isSignOut ? (
        <p>
          You leave every room you are in, in all tabs of this browser. On your other devices you stay signed in; if
          this is the only one, your names are free for anybody, and you can no longer change what you said.
        </p>
      ) : (
        <p>
          You leave this room, and anybody may be <bdi>{me.name}</bdi> in <bdi>{title}</bdi> from then on. What you said
          stays, and you can no longer change it.
        </p>
      )}
      {unsent === 0 ? null : (
        <p class="problem">
          {unsent === 1
            ? 'A message of yours has not been sent yet.'
            : `${unsent} of your messages have not been sent yet.`}
        </p>
      )}
      <div class="choices">
        <button type="button" onClick={close}>
          Stay
        </button>
        <LeaveForm room={room} me={me} leave={leave} action={isSignOut ? '/sign-out' : '/give-up'}>
          <button type="submit" class="danger">
            {isSignOut ? 'Sign out' : 'Give up my name'}
          </button>
        </LeaveForm>
      </div>
    </Dialog>
  );
}
