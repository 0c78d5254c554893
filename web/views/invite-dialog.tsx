import type { VNode } from 'preact';
import type { Address } from '../../protocol/ids.ts';
import { Dialog } from '../controls/dialog.tsx';
import { DialogHeader } from './dialog-header.tsx';
import { QrCodeSlot } from './qr-code-slot.tsx';
import { HOW_PRIVATE, RoomAddress, roomLink } from './room-address.tsx';

export interface InviteDialogProps {
  readonly room: Address;
  readonly title: string;
  readonly close: () => void;
}

export function InviteDialog({ room, title, close }: InviteDialogProps): VNode {
  return (
    <Dialog labelledBy="invite-heading" shape="card" close={close}>
      <DialogHeader id="invite-heading" close={close}>
        Invite people to <bdi>{title}</bdi>
      </DialogHeader>
      <p>Whoever opens this link, or points a camera at the code, gives a name and is in.</p>
      <RoomAddress room={room} />
      <QrCodeSlot text={roomLink(room)} />
      <p class="hint">{HOW_PRIVATE}</p>
    </Dialog>
  );
}
