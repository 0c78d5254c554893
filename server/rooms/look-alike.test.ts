import { expect, test } from 'vitest';
import { skeletonOf } from './look-alike.ts';

test.each([
  ['Ada', 'Аdа'],
  ['Ian', 'lan'],
  ['paypal', 'pаypаl'],
  ['rn', 'm'],
  ['O0', 'OO'],
  ['Zoë', 'Zoe\u0308'],
  ['ﬁsh', 'fish'],
  ['ΑΒΕ', 'ABE'],
])('N4: %s and %s look alike', (one, other) => {
  expect(skeletonOf(one)).toBe(skeletonOf(other));
});

test.each([
  ['Ada', 'Eda'],
  ['Ann', 'Anna'],
  ['李', '王'],
  ['Ian', 'ian'],
])('N4: %s and %s do not', (one, other) => {
  expect(skeletonOf(one)).not.toBe(skeletonOf(other));
});
