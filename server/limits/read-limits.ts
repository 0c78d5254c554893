// SNUG_LIMITS: on, off, or the limits that are to be others, as in "sends=10/40,connectionsOfAddress=5000".
import { LIMITS, type LimitName, type Limits } from './limits.ts';

/** A number that Node's timers and the counters still hold. */
const MOST = 1_000_000;

/** Undefined: no limit is kept. Throws a sentence that says what would do. */
export function readLimits(text: string): Limits | undefined {
  const word = text.toLowerCase();
  if (word === 'on') return LIMITS;
  if (word === 'off') return undefined;
  const settings = text.split(',').map((setting) => readSetting(setting.trim()));
  return Object.freeze({ ...LIMITS, ...Object.fromEntries(settings) });
}

function readSetting(setting: string): [LimitName, Limits[LimitName]] {
  const [name = '', value = '', ...more] = setting.split('=').map((part) => part.trim());
  if (!isLimit(name) || more.length > 0) {
    throw new Error(`it must be on, off, or settings like sends=10/40 for ${Object.keys(LIMITS).join(', ')}`);
  }
  const standard = LIMITS[name];
  return [name, typeof standard === 'number' ? readCount(name, value) : { ...standard, ...readRate(name, value) }];
}

function isLimit(name: string): name is LimitName {
  return Object.hasOwn(LIMITS, name);
}

function readCount(name: LimitName, value: string): number {
  const count = wholeNumber(value);
  if (count === undefined) throw new Error(`${name} must be a whole number from 1 to ${MOST}, like ${name}=100`);
  return count;
}

function readRate(name: LimitName, value: string): { amount: number; burst: number } {
  const [amount, burst, ...more] = value.split('/').map(wholeNumber);
  if (amount === undefined || burst === undefined || burst < amount || more.length > 0) {
    throw new Error(`${name} must be how many and, not less, how many at once, up to ${MOST}, like ${name}=10/40`);
  }
  return { amount, burst };
}

function wholeNumber(text: string): number | undefined {
  const number = /^\d{1,7}$/u.test(text.trim()) ? Number(text) : 0;
  return number >= 1 && number <= MOST ? number : undefined;
}
