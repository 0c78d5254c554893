// node examples/chat.mjs http://localhost:5000 Robot lobby 'a secret of your own, 22 characters or more'
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';

const [url, name, room, key] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);
const chat = io(`${url}/chat`, { auth: { name, room, key }, transports: ['websocket'] });
chat.on('connect_error', (error) => say(error.message));
chat.on('message', ({ by, text }) => say(`${by.name}: ${text}`));
chat.on('options', ({ by, type }) => say(`${by.name} ${type}s`));
for await (const line of createInterface({ input: process.stdin })) {
  const { message, results = [{ message }] } = await chat.emitWithAck('message', line);
  if (results[0].message) say(results[0].message);
}
chat.disconnect();
