/** As watchLongPress, once what watches is loaded: nobody rests a finger on a page that has not come up. */
export function whenPressedLong(element: HTMLElement, pressed: (on: Element) => void): () => void {
  let stop: (() => void) | undefined;
  let isStopped = false;
  import('./long-press.ts').then(
    ({ watchLongPress }) => {
      if (!isStopped) stop = watchLongPress(element, pressed);
    },
    // Without it there is the button on the row.
    () => undefined,
  );
  return () => {
    isStopped = true;
    stop?.();
  };
}
