// What a messenger shows of a link to a room. Whoever fetches it has no session, so it knows what the link says and no more.
import type { VNode } from 'preact';
import { roomName } from '../../../protocol/names.ts';

export interface Card {
  /** As the link says it: shown if a room can be called so. */
  readonly room: string;
  /** Where this server is known to be: a picture needs its whole address. Undefined: the card has none. */
  readonly origin: string | undefined;
}

const PICTURE = { path: '/card.png', width: 1200, height: 630, alt: 'Snug: rooms to talk in' };
const SENTENCE = 'Give a name and talk: no account, nothing to install.';

export function NameCard({ room, origin }: Card): VNode {
  const named = roomName(room);
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="Snug" />
      <meta property="og:title" content={named.ok ? `Come into “${named.name}”` : 'Come in and talk'} />
      <meta property="og:description" content={SENTENCE} />
      <meta name="description" content={SENTENCE} />
      {origin === undefined ? null : <CardPicture origin={origin} />}
    </>
  );
}

function CardPicture({ origin }: { origin: string }): VNode {
  return (
    <>
      <meta property="og:image" content={origin + PICTURE.path} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content={String(PICTURE.width)} />
      <meta property="og:image:height" content={String(PICTURE.height)} />
      <meta property="og:image:alt" content={PICTURE.alt} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}
