import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The elements that it is made of. */
export const SPOILER_ELEMENTS = 4;

/**
 * What is not to be read unasked. Until then its words only take their place: they can be neither selected nor found nor
 * heard. It is a button that breaks over lines as its words do, which a button element does not.
 */
export function Spoiler({ text, children }: { text: string; children: ComponentChildren }): VNode {
  const [isShown, setShown] = useState(false);
  const shown = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (isShown) shown.current?.focus();
  }, [isShown]);
  const reveal = (): void => setShown(true);
  return (
    <span class="spoiler">
      {isShown ? null : (
        <span
          role="button"
          tabIndex={0}
          aria-label="Spoiler. Show it"
          onClick={reveal}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            reveal();
          }}
        >
          <span aria-hidden="true">{text}</span>
        </span>
      )}
      {/* The button is gone: here is the focus now, and what it hid is read aloud. */}
      <span role="status" tabIndex={-1} ref={shown}>
        {isShown ? children : null}
      </span>
    </span>
  );
}
