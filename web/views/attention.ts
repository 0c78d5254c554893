/** Somebody sits before the page and looks at it: it can be seen, and what is typed goes there. */
export function isAttended(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Calls `changed` whenever that may have changed, until the returned function is called. */
export function watchAttention(changed: () => void): () => void {
  addEventListener('focus', changed);
  addEventListener('blur', changed);
  document.addEventListener('visibilitychange', changed);
  return () => {
    removeEventListener('focus', changed);
    removeEventListener('blur', changed);
    document.removeEventListener('visibilitychange', changed);
  };
}
