import type { BrowserContext } from '@playwright/test';

/** What a browser says while the server is away or the network is cut. */
const NETWORK_TROUBLE = /net::ERR_|WebSocket connection to .* failed|WebSocket is already in CLOSING/u;

/** Collects what no page of ours may ever do: errors on the console, errors nobody caught, what the policy forbade. */
export class PageWatch {
  readonly #problems: string[] = [];
  readonly #allowed: RegExp[] = [];

  get problems(): readonly string[] {
    return this.#problems.filter((problem) => !this.#allowed.some((allowed) => allowed.test(problem)));
  }

  /** From now on, and before, in this test. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  allowNetworkTrouble(): void {
    this.allow(NETWORK_TROUBLE);
  }

  note(problems: readonly string[]): void {
    this.#problems.push(...problems);
  }

  /** Every page of the context, those that are opened later and by pages too, and every frame in them. */
  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#problems.push(String(error.error().stack ?? error.error())));
    context.on('dialog', (dialog) => {
      this.#problems.push(`The page opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    // Not by way of the console, which a page could have replaced.
    await context.exposeBinding('noteForbidden', (_, what: string) => void this.#problems.push(what));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) => {
        window.noteForbidden(`Forbidden by the policy: ${effectiveDirective} ${blockedURI} ${sample} in ${sourceFile}`);
      });
    });
  }
}

declare global {
  interface Window {
    noteForbidden(what: string): void;
  }
}
