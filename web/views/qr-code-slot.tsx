import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { QrCode } from './qr-code.ts';

type Loaded = 'loading' | 'failed' | { readonly qrCode: (text: string) => QrCode };

/** A place for a QR code, as large as it will be: what draws it is loaded when the first is shown. */
export function QrCodeSlot({ text }: { text: string }): VNode {
  const [loaded, setLoaded] = useState<Loaded>('loading');
  useEffect(() => {
    let isGone = false;
    import('./qr-code.ts').then(
      ({ qrCode }) => (isGone ? undefined : setLoaded({ qrCode })),
      () => (isGone ? undefined : setLoaded('failed')),
    );
    return () => {
      isGone = true;
    };
  }, []);
  if (loaded === 'failed') return <p class="hint">The QR code could not be loaded. The link says the same.</p>;
  return <div class="qr-code">{loaded === 'loading' ? null : <Drawn {...loaded.qrCode(text)} />}</div>;
}

function Drawn({ size, path }: QrCode): VNode {
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  );
}
