// Lets a worker thread of a test run TypeScript on a Node that cannot strip types itself (20).
import { register } from 'node:module';

register(new URL('./worker-ts-loader.mjs', import.meta.url));
