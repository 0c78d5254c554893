import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Loaded = 'loading' | 'failed' | { readonly QrCode: ComponentType<{ text: string }> };

/** A place for a QR code, as large as it will be: what draws it is loaded when the first is shown. */
export function QrCodeSlot({ text }: { text: string }): VNode {
  const [loaded, setLoaded] = useState<Loaded>('loading');
  useEffect(() => {
    let isGone = false;
    import('./qr-code.tsx').then(
      ({ QrCode }) => (isGone ? undefined : setLoaded({ QrCode })),
      () => (isGone ? undefined : setLoaded('failed')),
    );
    return () => {
      isGone = true;
    };
  }, []);
  if (loaded === 'failed') return <p class="hint">The QR code could not be loaded. The link says the same.</p>;
  return <div class="qr-code">{loaded === 'loading' ? null : <loaded.QrCode text={text} />}</div>;
}
