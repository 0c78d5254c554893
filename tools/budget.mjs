// `npm run budget`: what a first visit costs, beside what it may cost. npm builds what changed before.
import { compare, tableOf } from './budgets.mjs';
import { measureFirstLoad } from './first-load.mjs';

const lines = compare(await measureFirstLoad());
process.stdout.write(`${tableOf(lines)}\n`);
if (lines.some(({ isKept }) => !isKept)) process.exitCode = 1;
