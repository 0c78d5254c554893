/** Of the browsers that want to know of each script's address that it was meant; the others take it as it is. */
interface TrustedTypes {
  createPolicy(name: 'snug', rules: { createScriptURL: (address: string) => string }): Policy;
}

interface Policy {
  /** What comes back is taken wherever an address is. */
  createScriptURL(address: string): URL;
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes;
  }
}

let policy: Policy | undefined;

/** For what runs beside the page, out of our own files. The page may make one policy, once (server/safe-headers.ts). */
export function trustedAddress(address: string): string | URL {
  policy ??= window.trustedTypes?.createPolicy('snug', { createScriptURL: ownFile });
  return policy?.createScriptURL(address) ?? address;
}

/** No script of another origin, whatever was asked for. */
function ownFile(address: string): string {
  const { origin, href } = new URL(address, location.href);
  if (origin !== location.origin) throw new TypeError(`${origin} is not ours`);
  return href;
}
