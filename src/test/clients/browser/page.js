import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';

const SDK = new URL('node_modules/appwrite/dist/iife/sdk.js', import.meta.url);
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>page</title><script src="/sdk.js"></script>';

/** A site whose every page loads the web SDK and nothing else; it listens on this machine. */
export async function serveSite() {
  const sdk = await readFile(SDK);
  const server = createServer((request, response) => {
    const script = request.url === '/sdk.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? sdk : PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => server.close() };
}
