// What every answer says about itself to the browser, so that nothing foreign runs in a page or frames it. One table for
// pages, files, errors and Socket.IO alike; headers.test.ts has it once more, word for word.

/** The policy of every answer. `trusted-types snug`: one policy may be made, for the service worker's address. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "media-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types snug',
].join(';');

/** Nothing here uses them; a script that got in shall not either. */
const PERMISSIONS_POLICY = ['camera', 'display-capture', 'geolocation', 'microphone', 'midi', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

const SAFE_HEADERS: Readonly<Record<string, string>> = {
  // What is personal stays nowhere; the built files say otherwise for themselves.
  'cache-control': 'no-store',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': PERMISSIONS_POLICY,
  // With no-referrer a plain form sends `Origin: null`, and coming in fails.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  // Looking up the hosts of links in a room would tell their owners that somebody has it open.
  'x-dns-prefetch-control': 'off',
  // frame-ancestors, for browsers that do not know it.
  'x-frame-options': 'DENY',
};

const UNDER_TLS: Readonly<Record<string, string>> = {
  ...SAFE_HEADERS,
  // A year: shorter is not remembered long enough, longer binds whoever has the name next.
  'strict-transport-security': 'max-age=31536000',
};

/** `isSecure`: the request came by TLS, perhaps to a trusted proxy in front. */
export function safeHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return isSecure ? UNDER_TLS : SAFE_HEADERS;
}
