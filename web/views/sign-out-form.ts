// What the script adds around signing out: before it, what would be lost; after it, that nothing stays in this browser.
import { countUnsent, forgetAll, type Storages, type Unsent } from '../kept-here.ts';

/** The page that asks whether to sign out. */
export async function warnOfUnsent(page: Document, storages: Storages): Promise<void> {
  const place = page.querySelector('#unsent');
  if (place !== null) place.textContent = unsentText(await countUnsent(storages));
}

/** The page after it, which the server marks. Where the browser heeds Clear-Site-Data there is nothing left to forget. */
export async function forgetSignedOut(page: Document, storages: Storages): Promise<void> {
  if (page.querySelector('#signed-out') !== null) await forgetAll(storages);
}

export function unsentText({ messages, changes, drafts }: Unsent): string {
  const all = [amount(messages, 'message'), amount(changes, 'change'), amount(drafts, 'draft')].flat();
  if (all.length === 0) return '';
  return `Not sent yet: ${new Intl.ListFormat('en').format(all)}. Sign out, and this is lost.`;
}

function amount(count: number, what: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${what}` : `${count} ${what}s`];
}
