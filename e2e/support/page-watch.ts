import type { BrowserContext } from '@playwright/test';

/** What a browser says while the server is away or the network is cut. */
const NETWORK_TROUBLE = /net::ERR_|WebSocket connection to .* failed/u;

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

  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#problems.push(String(error.error().stack ?? error.error())));
    context.on('dialog', (dialog) => {
      this.#problems.push(`The page opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        // oxlint-disable-next-line no-console -- that is where the test listens
        console.error(`Forbidden by the policy: ${violatedDirective} ${blockedURI} in ${sourceFile}`);
      });
    });
  }
}
