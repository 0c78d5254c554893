const SOUND = new URL('../sounds/call.wav', import.meta.url).href;

/** Point 25: only where somebody turned it on. A page that nobody has touched yet may not be heard: then it is silent. */
export function ring(): void {
  new Audio(SOUND).play().catch(() => {});
}
