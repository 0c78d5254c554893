import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useTime } from './redraw.tsx';
import type { Hole } from './rows.ts';

export interface Loading {
  readonly isAsking: boolean;
  /** Why they did not come. */
  readonly trouble: string | undefined;
  readonly load: () => void;
}

/** Above the oldest line, while there are older ones. */
export function EarlierRow(props: Loading): VNode {
  return (
    <p class="earlier">
      <Missing which="Earlier" {...props} />
    </p>
  );
}

/** Where lines are missing, a hole is to be seen: nobody is to take what stands around it for the whole of it. */
export function HoleRow({ hole, ...loading }: Loading & { hole: Hole }): VNode | null {
  switch (hole) {
    case 'cut':
      return (
        <HoleLine>
          <Missing which="Newer" {...loading} />
        </HoleLine>
      );
    case 'gap':
      return <Gap />;
  }
}

/** Entries overtake each other now and then: what is there within a moment was never missing. */
const GAP_MS = 1_000;

function Gap(): VNode | null {
  const [since] = useState(Date.now);
  if (useTime(since + GAP_MS) < since + GAP_MS) return null;
  return <HoleLine>Messages are missing here. Asking for them …</HoleLine>;
}

function HoleLine({ children }: { children: ComponentChildren }): VNode {
  return (
    <p class="hole">
      <span>{children}</span>
    </p>
  );
}

function Missing({ which, isAsking, trouble, load }: Loading & { which: 'Earlier' | 'Newer' }): VNode {
  if (isAsking) return <>{`Loading ${which.toLowerCase()} messages …`}</>;
  const button = trouble === undefined ? `Show ${which.toLowerCase()} messages` : 'Try again';
  return (
    <>
      {trouble === undefined ? null : (
        <span class="trouble">{`${which} messages could not be loaded. ${trouble}`}</span>
      )}
      <button type="button" onClick={() => load()}>
        {button}
      </button>
    </>
  );
}
