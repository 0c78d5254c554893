// node --import ./tools/worker-register.mjs conformance/serve.ts [port]
import { startConformanceServer } from './conformance-server.ts';

const port = Number(process.argv[2] ?? 3000);
const { url, close } = await startConformanceServer({ port });
process.stdout.write(`The public test suites can be run against ${url}; Ctrl+C ends it.\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
