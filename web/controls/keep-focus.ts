/**
 * For what is pressed and is about something else: the focus stays there with what is selected, and the keyboard of a phone
 * does not go down and up again.
 */
export function keepFocus(event: Event): void {
  event.preventDefault();
}
