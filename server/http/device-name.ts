// H8: what a device is called, made of our own words alone: a list of devices is no place for a stranger's.

type Word = readonly [sign: string, word: string];

/** The first that is found counts: most browsers say that they are Safari too, and many that they are Chrome. */
const BROWSERS: readonly Word[] = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];

/** As above: an iPhone is "like Mac OS X", and Android a Linux. */
const SYSTEMS: readonly Word[] = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['CrOS', 'ChromeOS'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['Linux', 'Linux'],
];

/** "Firefox on Linux"; of a browser that nobody here knows, less. */
export function deviceName(userAgent = ''): string {
  const browser = wordFor(userAgent, BROWSERS) ?? 'A browser';
  const system = wordFor(userAgent, SYSTEMS);
  return system === undefined ? browser : `${browser} on ${system}`;
}

function wordFor(userAgent: string, words: readonly Word[]): string | undefined {
  return words.find(([sign]) => userAgent.includes(sign))?.[1];
}
