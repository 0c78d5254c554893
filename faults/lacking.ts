// `node --import ./tools/worker-register.mjs faults/lacking.ts`: in one line, what tests need and no package brings to this machine.
import { lackingOf, OF_THE_MACHINE } from './needs.ts';

process.stdout.write(`${lackingOf(OF_THE_MACHINE).join(' ')}\n`);
