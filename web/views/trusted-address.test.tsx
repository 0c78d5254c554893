import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('an address of our own is trusted, by one policy, and one of another origin is not', async () => {
  const made: string[] = [];
  vi.stubGlobal('trustedTypes', {
    createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => {
      made.push(name);
      return { createScriptURL: (address: string) => new URL(rules.createScriptURL(address)) };
    },
  });
  vi.stubGlobal('location', new URL('https://snug.example/chat/tea'));
  const { trustedAddress } = await import('./trusted-address.ts');
  expect(String(trustedAddress('/assets/a.js'))).toBe('https://snug.example/assets/a.js');
  expect(() => trustedAddress('https://evil.example/a.js')).toThrow('https://evil.example is not ours');
  expect(() => trustedAddress('data:text/javascript,1')).toThrow(TypeError);
  expect(made).toEqual(['snug']);
});

test('where nobody asks for trust, an address is what it is', async () => {
  const { trustedAddress } = await import('./trusted-address.ts');
  expect(trustedAddress('/assets/a.js')).toBe('/assets/a.js');
});
