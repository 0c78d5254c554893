/** What is needed of navigator. The storage is missing where a page came without TLS from another machine. */
export interface Persisting {
  readonly userAgent: string;
  readonly storage?: { persist?(): Promise<boolean> };
}

/** Firefox is the one engine that puts the question to the person, over the message that they have just sent. */
const ASKS_THE_PERSON = /\bGecko\//u;

/** A browser that is short of space may throw away what waits to be sent, unless it was asked not to. It may say no. */
export async function askToPersist({ userAgent, storage }: Persisting): Promise<void> {
  if (ASKS_THE_PERSON.test(userAgent)) return;
  try {
    await storage?.persist?.();
  } catch {
    // Then it keeps it as long as it likes.
  }
}
