import { expect } from 'vitest';

/** design/safety.md, "CSP" and "Headers", as they must stand on every answer; null: must not be there. */
const TABLE: Readonly<Record<string, string | null>> = {
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob:;connect-src 'self';font-src 'self';" +
    "media-src 'self' blob:;form-action 'self';base-uri 'none';frame-ancestors 'none';manifest-src 'self';worker-src 'self';" +
    "require-trusted-types-for 'script';trusted-types snug",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
  'strict-transport-security': null,
  'access-control-allow-origin': null,
  'x-powered-by': null,
  server: null,
};

/** `but`: where one answer differs. */
export function expectSafeHeaders(headers: Readonly<Record<string, unknown>>, but: typeof TABLE = {}): void {
  const wanted = { ...TABLE, ...but };
  const found = Object.keys(wanted).map((name) => [name, headers[name] ?? null]);
  expect(Object.fromEntries(found)).toEqual(wanted);
}
