// All that this browser keeps of Snug beside its cookie: what waits to be sent (connection/idb-outbox-storage.ts), what was
// typed (connection/draft.ts), what is on its way from there to the outbox (connection/handover.ts), the names for the
// login page (views/remembered.ts), what was set (views/settings.ts), where one came in and has not left
// (connection/whereabouts.ts), which member a tab is (tab-member.ts), whom one ignores (ignored.ts).

/** Where it lies. Where storage is forbidden its very name throws. */
export interface Storages {
  readonly texts: () => Storage;
  readonly tab: () => Storage;
  readonly indexed: () => IDBFactory;
}

/** What was written and has not been sent. */
export interface Unsent {
  readonly messages: number;
  /** Edits, deletions and reactions. */
  readonly changes: number;
  readonly drafts: number;
}

const DATABASE = 'snug';
const QUEUES = 'queues';
const DRAFT = /^snug (?:draft|edit|handover) /u;

/** What cannot be read is not counted. */
export async function countUnsent({ texts, indexed }: Storages): Promise<Unsent> {
  const kinds = await orElse([], () => waitingKinds(indexed()));
  const messages = kinds.filter((kind) => kind === 'message').length;
  const drafts = await orElse(0, async () => Object.keys(texts()).filter((key) => DRAFT.test(key)).length);
  return { messages, changes: kinds.length - messages, drafts };
}

/**
 * For the next person at this machine. The texts are gone when it returns; the database a moment later, or when other
 * tabs have closed it.
 */
export async function forgetAll({ texts, tab, indexed }: Storages): Promise<void> {
  for (const storage of [texts, tab]) {
    try {
      storage().clear();
    } catch {
      // Forbidden: then there was nothing kept.
    }
  }
  await orElse(undefined, async () => void (await done(indexed().deleteDatabase(DATABASE))));
}

async function waitingKinds(indexed: IDBFactory): Promise<unknown[]> {
  const opening = indexed.open(DATABASE);
  // There is none: opening must not leave an empty one, which the outbox would take for its own.
  opening.onupgradeneeded = () => opening.transaction?.abort();
  const db = await done(opening);
  try {
    const rows: unknown[] = await done(db.transaction(QUEUES).objectStore(QUEUES).getAll());
    return rows.flatMap(itemsOf).map(kindOf);
  } finally {
    db.close();
  }
}

// Pages of another version may have written it.
function itemsOf(row: unknown): unknown[] {
  const isQueue = typeof row === 'object' && row !== null && 'items' in row && Array.isArray(row.items);
  return isQueue ? (row.items as unknown[]) : [];
}

function kindOf(item: unknown): unknown {
  const want = typeof item === 'object' && item !== null && 'want' in item ? item.want : undefined;
  return typeof want === 'object' && want !== null && 'kind' in want ? want.kind : undefined;
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not say why.'));
  });
}

async function orElse<Result>(otherwise: Result, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch {
    return otherwise;
  }
}
