import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';

/** From the edge of the window, and from what it belongs to. */
const GAP = 4;

/** Puts a box of `position: fixed` below what it belongs to, or above it where there is no room below. */
export function useFloating(box: RefObject<HTMLElement | null>, at: DOMRect): void {
  useLayoutEffect(() => {
    const place = (): void => {
      if (box.current !== null) putAt(box.current, at);
    };
    place();
    addEventListener('resize', place);
    return () => removeEventListener('resize', place);
  }, [at]);
}

function putAt(floating: HTMLElement, at: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = floating;
  const { documentElement } = floating.ownerDocument;
  const isRightToLeft = getComputedStyle(floating).direction === 'rtl';
  const isRoomBelow = at.bottom + height + 2 * GAP <= documentElement.clientHeight;
  const top = isRoomBelow ? at.bottom + GAP : Math.max(GAP, at.top - height - GAP);
  const left = isRightToLeft ? at.left : at.right - width;
  floating.style.top = `${top}px`;
  floating.style.left = `${Math.max(GAP, Math.min(left, documentElement.clientWidth - width - GAP))}px`;
}

/** Something else is pressed: what floats is not wanted any more. */
export function useCloseOutside(box: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    const pressed = ({ target }: Event): void => {
      if (!(target instanceof Node) || box.current?.contains(target) !== true) close();
    };
    document.addEventListener('pointerdown', pressed);
    return () => document.removeEventListener('pointerdown', pressed);
  }, [close]);
}
