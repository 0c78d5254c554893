// What the pages are made with: given by app.ts, so that nothing here knows sockets or engines.
import type { Guard } from '../guard.ts';
import type { Tolls } from '../limits/tolls.ts';
import type { Act } from '../rooms/act.ts';
import type { Connections } from '../rooms/sign-out.ts';
import type { SeldomLog } from '../seldom-log.ts';
import type { Failed } from '../surprises.ts';
import type { BuiltFiles } from './built-files.ts';
import type { PagePaces } from './page-paces.ts';

export interface HttpParts {
  readonly act: Act;
  readonly files: BuiltFiles;
  readonly guard: Guard;
  readonly connections: Connections;
  /** What coming in costs. */
  readonly tolls: Tolls;
  readonly paces: PagePaces;
  /** How long a request may take to arrive, in ms. */
  readonly requestMs: number;
  /** The port that is listened on, known once it is. */
  readonly port: () => number;
  readonly isStopping: () => boolean;
  readonly logger: SeldomLog;
  /** Is told of what was thrown where nothing could be answered. */
  readonly failed: Failed;
}
