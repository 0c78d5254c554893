/**
 * Where the keyboard of a phone lies over the page instead of making it smaller (Safari knows no `interactive-widget`),
 * the page is made as high as what is seen of it, so that the composer stands above the keyboard.
 */
export function keepAboveKeyboard(
  window: Pick<Window, 'visualViewport' | 'innerHeight' | 'scrollTo' | 'document'>,
): void {
  const seen = window.visualViewport;
  const { style } = window.document.documentElement;
  const fit = (): void => {
    // A page that is magnified is looked at in part, and is not to be squeezed into that part.
    const isCovered = seen !== null && seen.scale === 1 && seen.height < window.innerHeight - 1;
    if (!isCovered) {
      style.removeProperty('--seen-height');
      return;
    }
    style.setProperty('--seen-height', `${seen.height}px`);
    // Safari has pushed the page up to show the field, which is in sight by itself now.
    window.scrollTo(0, 0);
  };
  seen?.addEventListener('resize', fit);
}
