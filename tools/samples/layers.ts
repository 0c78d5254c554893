interface Planted {
  file: string;
  source: string;
}

const IMPORTS = 'eslint(no-restricted-imports)';
const PROPERTIES = 'eslint(no-restricted-properties)';
const GLOBALS = 'eslint(no-restricted-globals)';

let count = 0;

/** One line for each. */
function imports(folder: string, from: string | string[], file?: string): Planted & { rule: string } {
  count += 1;
  const source = [from].flat().map((name) => `import '${name}';\n`);
  return { file: file ?? `${folder}/planted-${count}.ts`, source: source.join(''), rule: IMPORTS };
}

function allowed(file: string, source: string): Planted {
  return { file, source };
}

function long(lines: number): string {
  return Array.from({ length: lines }, (_, line) => `export const line${line} = ${line};\n`).join('');
}

function longFunction(lines: number): string {
  const body = Array.from({ length: lines }, (_, line) => `  total += ${line};\n`).join('');
  return `export function long(): number {\n  let total = 0;\n${body}  return total;\n}\n`;
}

/** Nothing that is served knows what tries it. */
const SERVED = [
  'protocol',
  'server',
  ...['log', 'rooms', 'gateway', 'http', 'limits', 'bus', 'store'].map((part) => `server/${part}`),
  ...['memory', 'sqlite', 'postgres'].map((engine) => `server/store/${engine}`),
  'web',
  ...['state', 'connection', 'views', 'controls', 'markup'].map((part) => `web/${part}`),
];

function whatTries(folder: string): string[] {
  const up = folder.replace(/[^/]+/gu, '..');
  return ['faults', 'simulation', 'conformance', 'e2e', 'tools'].map((name) => `${up}/${name}/planted.ts`);
}

const DIRECTIONS = [
  ...SERVED.map((folder) => imports(folder, whatTries(folder))),
  imports('protocol', '../server/clock.ts'),
  imports('protocol', 'node:crypto'),
  imports('protocol', 'socket.io'),
  imports('protocol', './message.test.ts'),
  imports('server', '../web/state/apply.ts'),
  imports('server', './app.ts'),
  imports('server', 'socket.io'),
  imports('server', '@photostructure/sqlite'),
  imports('server', 'node:process'),
  imports('server/log', '../rooms/act.ts'),
  imports('server/log', '../gateway/handshake.ts'),
  imports('server/log', '../http/pages.ts'),
  imports('server/log', '../store/sqlite/engine.ts'),
  imports('server/log', '../bus/local-bus.ts'),
  imports('server/log', '../config.ts'),
  imports('server/log', 'node:timers/promises'),
  imports('server/log', 'fastify'),
  imports('server/rooms', '../gateway/handshake.ts'),
  imports('server/rooms', '../http/session.ts'),
  imports('server/rooms', '../app.ts'),
  imports('server/rooms', '../store/memory/engine.ts'),
  imports('server/rooms', 'socket.io'),
  imports('server/rooms', 'node:sqlite'),
  imports('server/gateway', '../http/session.ts'),
  imports('server/gateway', '../app.ts'),
  imports('server/gateway', '../main.ts'),
  imports('server/gateway', '../store/sqlite/engine.ts'),
  imports('server/gateway', 'fastify'),
  imports('server/gateway', 'socket.io-client'),
  imports('server/http', '../gateway/sockets.ts'),
  imports('server/http', '../app.ts'),
  imports('server/http', 'socket.io'),
  imports('server/http', '@photostructure/sqlite'),
  imports('server/store', '../log/batch.ts'),
  imports('server/store/sqlite', '../memory/engine.ts'),
  imports('server/store/sqlite', '../../log/batch.ts'),
  imports('server/store/sqlite', '../../rooms/act.ts'),
  imports('server/store/sqlite', 'pg'),
  imports('server/store/memory', '../sqlite/engine.ts'),
  imports('server/store/memory', '@photostructure/sqlite'),
  imports('server/store/postgres', '../sqlite/engine.ts'),
  imports('server/store/postgres', 'node:sqlite'),
  imports('server/limits', '../rooms/act.ts'),
  imports('server/limits', '../gateway/paces.ts'),
  imports('server/limits', '../store/store.ts'),
  imports('server/limits', '../config.ts'),
  imports('server/limits', 'fastify'),
  imports('server/bus', '../log/cursor.ts'),
  imports('server/bus', '../store/store.ts'),
  imports('server/bus', './local-bus.ts', 'server/bus/redis-bus.ts'),
  imports('server', ['./main.ts', ...whatTries('server')], 'server/app.ts'),
  imports('server', ['./gateway/sockets.ts', ...whatTries('server')], 'server/main.ts'),
  imports('server', ['./app.ts', ...whatTries('server')], 'server/config.ts'),
  imports('web', '../server/clock.ts'),
  imports('web', 'zod'),
  imports('web', 'node:fs'),
  imports('web', 'socket.io-client'),
  imports('web', 'preact/compat'),
  imports('web', '../protocol/message.ts'),
  imports('web/state', 'preact'),
  imports('web/state', '../connection/outbox.ts'),
  imports('web/state', '../../protocol/requests.ts'),
  { file: 'web/state/type.ts', source: "import type { A } from '../views/a.ts';\nexport type B = A;\n", rule: IMPORTS },
  {
    file: 'web/state/preact.ts',
    source: "import type { VNode } from 'preact';\nexport type B = VNode;\n",
    rule: IMPORTS,
  },
  imports('web/connection', '../views/composer.tsx'),
  imports('web/connection', '../../protocol/requests.ts'),
  imports('web/views', '../connection/outbox.ts'),
  imports('web/views', 'socket.io-client'),
  imports('web/controls', '../state/apply.ts'),
  imports('web/markup', '../views/composer.tsx'),
  imports('simulation', '../server/log/log.test.ts'),
  imports('e2e', '../server/log/log.test.ts'),
  imports('conformance', '../server/app.ts'),
  imports('conformance', '../server/rooms/act.ts'),
  imports('conformance', '../server/gateway/gateway.ts'),
  imports('conformance', ['../web/state/apply.ts', '../faults/proxy.ts', '../simulation/dice.ts', '../tools/turn.mjs']),
  imports('conformance', '../protocol/wire.ts'),
  imports('conformance', './planted.contract.ts'),
  imports('conformance', 'socket.io'),
  imports('conformance', 'engine.io'),
  imports('server/log', './planted.contract.ts'),
  imports('server/log', './batch.test.ts', 'server/log/other.test.ts'),
];

const RULES = [
  { file: 'server/environment.ts', source: 'export const port = process.env.PORT;\n', rule: 'node(no-process-env)' },
  { file: 'server/loud.ts', source: "console.log('x');\n", rule: 'eslint(no-console)' },
  { file: 'server/default.ts', source: 'export default 1;\n', rule: 'import(no-default-export)' },
  { file: 'server/CamelCase.ts', source: 'export const a = 1;\n', rule: 'unicorn(filename-case)' },
  { file: 'server/any.ts', source: 'export const a: any = 1;\n', rule: 'typescript(no-explicit-any)' },
  { file: 'server/bang.ts', source: 'export const a = [1][0]!;\n', rule: 'typescript(no-non-null-assertion)' },
  { file: 'server/long-file.ts', source: long(401), rule: 'eslint(max-lines)' },
  { file: 'server/long-file.test.ts', source: long(401), rule: 'eslint(max-lines)' },
  { file: 'server/long-function.ts', source: longFunction(60), rule: 'eslint(max-lines-per-function)' },
  { file: 'server/floating.ts', source: 'Promise.resolve(1);\n', rule: 'typescript(no-floating-promises)' },
  {
    file: 'server/switch.ts',
    source:
      "export function f(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}\n",
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  {
    file: 'server/unsafe.ts',
    source: "export const a: { b: 1 } = JSON.parse('1');\n",
    rule: 'typescript(no-unsafe-assignment)',
  },
  {
    file: 'server/round-a.ts',
    source: "import { b } from './round-b.ts';\nexport const a = (): number => b();\n",
    rule: 'import(no-cycle)',
  },
  {
    file: 'server/round-b.ts',
    source: "import { a } from './round-a.ts';\nexport const b = (): number => a();\n",
    rule: 'import(no-cycle)',
  },
  { file: 'server/log/clock.ts', source: 'export const now = (): number => Date.now();\n', rule: PROPERTIES },
  { file: 'server/log/timer.ts', source: 'setTimeout(() => {}, 1);\n', rule: GLOBALS },
  { file: 'server/rooms/dice.ts', source: 'export const dice = (): number => Math.random();\n', rule: PROPERTIES },
  { file: 'web/state/timer.ts', source: 'setTimeout(() => {}, 1);\n', rule: GLOBALS },
  ...['innerHTML', 'outerHTML', 'srcdoc'].map((property) => ({
    file: `web/views/${property.toLowerCase()}.ts`,
    source: `export function f(frame: HTMLIFrameElement): void {\n  frame.${property} = 'x';\n}\n`,
    rule: PROPERTIES,
  })),
  {
    file: 'web/views/adjacent.ts',
    source: "export function f(part: HTMLElement): void {\n  part.insertAdjacentHTML('beforeend', 'x');\n}\n",
    rule: PROPERTIES,
  },
  {
    file: 'web/views/unsafe-html.ts',
    source: "export function f(part: HTMLElement): void {\n  part.setHTMLUnsafe('x');\n}\n",
    rule: PROPERTIES,
  },
  { file: 'web/views/write.ts', source: "document.write('x');\n", rule: PROPERTIES },
  { file: 'web/views/evaluate.ts', source: "eval('1');\n", rule: 'eslint(no-eval)' },
  { file: 'web/views/made-function.ts', source: "export const f = new Function('1');\n", rule: 'eslint(no-new-func)' },
];

export const FORBIDDEN = [...DIRECTIONS, ...RULES];

export const ALLOWED = [
  allowed('web/state/inline.ts', "import { type A } from '../../protocol/message.ts';\nexport type B = A;\n"),
  allowed('web/inline.ts', "import { type A } from '../protocol/message.ts';\nexport type B = A;\n"),
  allowed('protocol/good.ts', "import 'zod';\nimport './ids.ts';\n"),
  allowed(
    'server/log/good.ts',
    "import '../../protocol/ids.ts';\nimport '../store/store.ts';\nimport '../bus/bus.ts';\n",
  ),
  allowed('server/rooms/good.ts', "import '../log/batch.ts';\nimport '../store/store.ts';\nimport 'unhomoglyph';\n"),
  allowed('server/gateway/good.ts', "import 'socket.io';\nimport '../rooms/act.ts';\nimport '../log/batch.ts';\n"),
  allowed(
    'server/limits/good.ts',
    "import 'rate-limiter-flexible';\nimport '../clock.ts';\nimport '../../protocol/limits.ts';\n",
  ),
  allowed('server/http/good.ts', "import 'fastify';\nimport '@fastify/cookie';\nimport '../rooms/act.ts';\n"),
  allowed(
    'server/store/sqlite/good.ts',
    "import '@photostructure/sqlite';\nimport './statements.ts';\nimport '../store.ts';\n",
  ),
  allowed('server/store/memory/good.ts', "import '../store.ts';\nimport '../../../protocol/ids.ts';\n"),
  allowed('server/store/sqlite/engine.test.ts', "import '../store.contract.ts';\n"),
  allowed('server/gateway/good.test.ts', "import 'socket.io-client';\nimport '../app.ts';\n"),
  allowed(
    'web/state/good.ts',
    "import '../../protocol/ids.ts';\nimport './apply.ts';\nimport type { A } from '../../protocol/message.ts';\nexport type B = A;\n",
  ),
  allowed(
    'web/connection/good.ts',
    "import 'socket.io-client';\nimport 'idb';\nimport '../state/apply.ts';\nimport '../../protocol/names.ts';\n",
  ),
  allowed('web/views/good.ts', "import 'preact';\nimport '../state/apply.ts';\nimport '../controls/dialog.ts';\n"),
  allowed('web/chat-good.ts', "import './connection/outbox.ts';\nimport './views/composer.ts';\n"),
  allowed(
    'conformance/good.ts',
    "import 'ws';\nimport '../server/gateway/socket-server.ts';\nimport '../server/guard.ts';\n",
  ),
  allowed('conformance/good.test.ts', "import 'socket.io-client';\nimport '../server/app.ts';\n"),
  allowed('simulation/good.ts', "import '../server/log/batch.ts';\nimport '../web/state/apply.ts';\n"),
];
