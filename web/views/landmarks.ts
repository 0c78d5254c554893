// Point 23: F6 goes round the parts of the page.

/** In their order, and where in each the focus goes; else to what comes first there. */
const PLACES: readonly (readonly [place: string, within?: string])[] = [
  ['.navigation-bar'],
  ['nav.rooms', '[aria-current]'],
  ['.room-header'],
  ['.scroller', 'article[tabindex="0"]'],
  ['.composer', 'textarea'],
  ['#search', 'input'],
  ['#people'],
];

const FOCUSABLE = 'a[href], button, input, textarea, [tabindex="0"]';

/** Whether there is one to go to, which has the focus then. */
export function goToPlace(page: Document, step: 1 | -1): boolean {
  const places = PLACES.flatMap(([place, within]) => {
    const element = page.querySelector<HTMLElement>(place);
    const target = element === null ? undefined : targetIn(element, within);
    return element === null || target === undefined ? [] : [{ element, target }];
  });
  const at = places.findIndex(({ element }) => element.contains(page.activeElement));
  // From nowhere a step leads to the first, or to the last.
  const from = at === -1 && step === -1 ? 0 : at;
  const next = places.at((from + step) % places.length);
  next?.target.focus();
  return next !== undefined;
}

function targetIn(place: HTMLElement, within: string | undefined): HTMLElement | undefined {
  const wanted = within === undefined ? null : place.querySelector<HTMLElement>(within);
  if (wanted !== null && isSeen(wanted)) return wanted;
  return [...place.querySelectorAll<HTMLElement>(FOCUSABLE)].find((one) => one.tabIndex >= 0 && isSeen(one));
}

function isSeen(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 && !element.matches(':disabled');
}
