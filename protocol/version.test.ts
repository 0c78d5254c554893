import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { entry } from './entries.ts';
import { handshake } from './member.ts';
import { REFUSALS } from './refusals.ts';
import { refusedItem, refusedReply } from './reply.ts';
import { REQUESTS } from './requests.ts';
import { signal } from './signals.ts';
import { PROTOCOL_VERSION } from './version.ts';
import { LIVE_EVENTS, NAMESPACE, SIGNAL_EVENT } from './wire.ts';

/** What the wire looked like when each version was made. A version that was released keeps its line for ever. */
const FINGERPRINTS: Record<number, string> = {
  1: '079a11ecfdee090e',
  2: '6c23939be24ba188',
  3: 'f39d1c47c9bb2f8e',
};

function fingerprint(): string {
  const asJson = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw' });
  const wire = {
    NAMESPACE,
    LIVE_EVENTS,
    SIGNAL_EVENT,
    refusals: Object.entries(REFUSALS).map(([code, { then }]) => [code, then]),
    entry: asJson(entry),
    signal: asJson(signal),
    handshake: asJson(handshake),
    refused: [asJson(refusedReply), asJson(refusedItem)],
    requests: Object.entries(REQUESTS).map(([name, { request, reply }]) => [name, asJson(request), asJson(reply)]),
  };
  return createHash('sha256').update(JSON.stringify(wire)).digest('hex').slice(0, 16);
}

test('W1: the wire does not change without its version: if this is red, raise PROTOCOL_VERSION and add the new line', () => {
  expect(fingerprint()).toBe(FINGERPRINTS[PROTOCOL_VERSION]);
});

test('W2: every schema of a request refuses keys it does not know', () => {
  for (const [name, { request }] of Object.entries(REQUESTS)) {
    expect(request.safeParse({ surprise: 1 }).success, name).toBe(false);
  }
});
