// Times as this browser's person writes them. A formatter costs more than a thousand uses of it, so each is made once.

let clock: Intl.DateTimeFormat | undefined;
let day: Intl.DateTimeFormat | undefined;
let short: Intl.DateTimeFormat | undefined;

/** Hours and minutes, like 14:05. */
export function timeOfDay(at: number): string {
  return clockFormat().format(at);
}

/** The same in the width of the gutter: without the half of the day, which the name above says. */
export function timeInGutter(at: number): string {
  const parts = clockFormat()
    .formatToParts(at)
    .filter(({ type }) => type !== 'dayPeriod');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}

/** Today, Yesterday, or the date in full. */
export function dayName(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  day ??= new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return day.format(at);
}

/** The time of a message of today; else the date as well, both short: for lines that stand alone. */
export function dayAndTime(at: number, now: number): string {
  if (midnight(now) === midnight(at)) return timeOfDay(at);
  short ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return short.format(at);
}

/** When the day of `now` is over. */
export function nextMidnight(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

// A day has 23 to 25 hours where clocks are put forward and back: the quotient above is rounded.
function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function clockFormat(): Intl.DateTimeFormat {
  clock ??= new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
  return clock;
}
