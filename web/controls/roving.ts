/** Which item of a list gets the focus by this key; undefined where the key means nothing here. */
export function nextItem(items: readonly HTMLElement[], focused: Element | null, key: string): HTMLElement | undefined {
  const at = items.findIndex((item) => item === focused);
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return isLetter(key) ? beginningWith([...items.slice(at + 1), ...items.slice(0, at + 1)], key) : undefined;
  }
}

/** The same for items that stand side by side, and have no letters. */
export function nextInRow(
  items: readonly HTMLElement[],
  focused: Element | null,
  key: string,
  isRightToLeft: boolean,
): HTMLElement | undefined {
  const [forth, back] = isRightToLeft ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  if (key === forth) return nextItem(items, focused, 'ArrowDown');
  if (key === back) return nextItem(items, focused, 'ArrowUp');
  return key === 'Home' || key === 'End' ? nextItem(items, focused, key) : undefined;
}

function beginningWith(items: readonly HTMLElement[], letter: string): HTMLElement | undefined {
  return items.find((item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()));
}

// "Enter" and "Tab" are keys as well; a space chooses.
function isLetter(key: string): boolean {
  return /^\S$/u.test(key);
}
