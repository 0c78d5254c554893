import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Address } from '../../protocol/ids.ts';
import { roomPath } from '../../protocol/names.ts';

export interface StartCardProps {
  readonly room: Address;
  readonly title: string;
  readonly isEmpty: boolean;
}

/** Above the first entry. What one does in an empty room is ask somebody in, so it shows the link. */
export function StartCard({ room, title, isEmpty }: StartCardProps): VNode {
  const link = new URL(roomPath(room), location.href).href;
  return (
    <section class="start-card" aria-label="Start of the room">
      <h2>
        <bdi>{title}</bdi> begins here
      </h2>
      <p>
        {isEmpty
          ? 'Nobody has said anything yet. Ask somebody in with this link, or say hello.'
          : 'Ask others in with this link.'}
      </p>
      <CopyLink link={link} />
      <p class="hint">Whoever has it can come in: the room is as private as its name is hard to guess.</p>
    </section>
  );
}

type Copied = 'no' | 'yes' | 'failed';

function CopyLink({ link }: { link: string }): VNode {
  const [copied, setCopied] = useState<Copied>('no');
  const copy = (): void => {
    // There is no clipboard for pages that came without TLS from another machine.
    const done = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
    done.then(() => setCopied('yes')).catch(() => setCopied('failed'));
  };
  return (
    <p class="link-line">
      <code>{link}</code>
      <button type="button" onClick={copy}>
        Copy link
      </button>
      <span role="status">{copiedText(copied)}</span>
    </p>
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
