import { describe, expect, test } from 'vitest';
import { dayName, timeInGutter, timeOfDay } from './time-text.ts';

describe('times', () => {
  const noon = new Date(2026, 2, 29, 12, 5).getTime();

  test('a day is today, yesterday, or named, also where clocks were put forward in between', () => {
    expect(dayName(noon, noon)).toBe('Today');
    expect(dayName(new Date(2026, 2, 28, 23, 59).getTime(), new Date(2026, 2, 29, 0, 1).getTime())).toBe('Yesterday');
    expect(dayName(new Date(2026, 2, 28, 0, 0).getTime(), new Date(2026, 2, 29, 23, 59).getTime())).toBe('Yesterday');
    expect(dayName(new Date(2026, 2, 27, 12).getTime(), noon)).toMatch(/2026/u);
  });

  test('the gutter has the same time without the half of the day', () => {
    expect(timeOfDay(noon)).toContain('12:05');
    expect(timeInGutter(noon)).toBe('12:05');
  });
});
