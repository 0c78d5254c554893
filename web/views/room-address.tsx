import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { roomPath } from '../../protocol/names.ts';
import { copyText } from './copy.ts';
import { Icon } from './icon.tsx';

/** As login-page.tsx says it beside the field for the room. */
export const HOW_PRIVATE = 'An open room is as private as its name is hard to guess.';

/** Where the room is, for machines: it works wherever it is pasted. */
export function roomLink(room: Address): string {
  return new URL(roomPath(room), location.href).href;
}

type Copied = 'no' | 'yes' | 'failed';

/** The address as people read it, in their script and without codes; what is copied is the one that works everywhere. */
export function RoomAddress({ room }: { room: Address }): VNode {
  const [copied, setCopied] = useState<Copied>('no');
  const link = roomLink(room);
  const copy = (): void => {
    copyText(link).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <div class="room-address">
      <span
        class="address"
        dir="ltr"
        onCopy={(event) => {
          event.preventDefault();
          event.clipboardData?.setData('text/plain', link);
        }}
      >
        <span class="origin">{link.slice(0, link.lastIndexOf('/') + 1)}</span>
        <bdi>{room}</bdi>
      </span>
      <button type="button" onClick={copy}>
        <Icon name={copied === 'yes' ? 'check' : 'copy'} />
        Copy link
      </button>
      <p role="status" class="hint">
        {copiedText(copied)}
      </p>
    </div>
  );
}

function copiedText(copied: Copied): string {
  switch (copied) {
    case 'no':
      return '';
    case 'yes':
      return 'Copied.';
    case 'failed':
      return 'This browser does not let the page copy: select the link and copy it.';
  }
}
