import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useBackGesture } from './back-gesture.ts';

export interface DialogProps {
  /** The id of the heading inside that names it. */
  readonly labelledBy: string;
  /** card: in the middle. side: along the end of the line. start: along its start. On a phone these are sheets of full height. sheet: at the bottom. */
  readonly shape: 'card' | 'side' | 'start' | 'sheet';
  readonly close: () => void;
  readonly children: ComponentChildren;
}

/**
 * Open for as long as it is drawn. The browser keeps the focus inside and everything else out of reach, and gives the
 * focus back to where it was.
 */
export function Dialog({ labelledBy, shape, close, children }: DialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useBackGesture(true, close);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => closesOutside(dialog.current, close), [close]);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${shape === 'start' ? 'side start' : shape}`}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // At the second Escape browsers close it without asking.
      onClose={close}
    >
      <div class="dialog-content">{children}</div>
    </dialog>
  );
}

/** For a pointer: whoever has none has Escape and a button. */
function closesOutside(dialog: HTMLDialogElement | null, close: () => void): () => void {
  let isPressedOutside = false;
  // What it shows fills it: only its backdrop is itself.
  const pressed = ({ target }: Event): void => {
    isPressedOutside = target === dialog;
  };
  // A text that is selected beyond the edge ends with a click outside as well.
  const clicked = ({ target }: Event): void => {
    if (isPressedOutside && target === dialog) close();
  };
  dialog?.addEventListener('pointerdown', pressed);
  dialog?.addEventListener('click', clicked);
  return () => {
    dialog?.removeEventListener('pointerdown', pressed);
    dialog?.removeEventListener('click', clicked);
  };
}
