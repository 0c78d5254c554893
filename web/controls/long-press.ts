/** As long as phones wait by themselves. */
const PRESS_MS = 500;
/** A finger that moves further scrolls. */
const STILL_PX = 10;

/** What has a meaning of its own under a finger: phones offer to open or to copy a link. */
const OWN_MEANING = 'a, button, input, textarea, pre, [role="button"]';

/** A finger that rests on something inside `element`. What comes back ends the watch. */
export function watchLongPress(element: HTMLElement, pressed: (on: Element) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const end = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const begin = ({ pointerType, isPrimary, target, clientX, clientY }: PointerEvent): void => {
    end();
    if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element) || target.closest(OWN_MEANING)) return;
    from = { x: clientX, y: clientY };
    timer = setTimeout(() => {
      end();
      swallowClick();
      pressed(target);
    }, PRESS_MS);
  };
  const move = ({ clientX, clientY }: PointerEvent): void => {
    if (Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) end();
  };
  // The browser's own menu would come in between.
  const menu = (event: Event): void => {
    if (timer !== undefined) event.preventDefault();
  };
  element.addEventListener('pointerdown', begin);
  element.addEventListener('pointermove', move);
  for (const over of ['pointerup', 'pointercancel'] as const) element.addEventListener(over, end);
  element.addEventListener('contextmenu', menu);
  return () => {
    end();
    element.removeEventListener('pointerdown', begin);
    element.removeEventListener('pointermove', move);
    for (const over of ['pointerup', 'pointercancel'] as const) element.removeEventListener(over, end);
    element.removeEventListener('contextmenu', menu);
  };
}

/** Browsers make the click of a finger that is lifted within this time. */
const CLICK_MS = 300;

/** What has opened lies under the finger: lifting it is not to press that. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  const done = (): void => {
    document.removeEventListener('click', swallow, true);
    document.removeEventListener('pointerdown', done, true);
  };
  document.addEventListener('click', swallow, true);
  document.addEventListener('pointerdown', done, true);
  for (const over of ['pointerup', 'pointercancel'] as const)
    document.addEventListener(over, () => setTimeout(done, CLICK_MS), { capture: true, once: true });
}
