// Starts one server for all scenarios, runs them, says what happened.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOwner, signInOwner } from './harness/console.js';
import { Server } from './harness/server.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const files = (await readdir(join(here, 'scenarios')))
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)))
  .sort();

const server = await Server.start();
let status = 1;
try {
  await createOwner(server.endpoint);
  const owner = await signInOwner(server.endpoint);
  const runner = spawn(
    process.execPath,
    ['--test', '--test-reporter=spec', '--test-concurrency=2',
      ...files.map((file) => join('scenarios', file))],
    {
      cwd: here,
      stdio: 'inherit',
      env: {
        ...process.env,
        CLIENTS_ENDPOINT: server.endpoint,
        CLIENTS_OWNER: owner.headers.cookie,
      },
    },
  );
  [status] = await once(runner, 'exit');
} finally {
  const stopped = await server.stop();
  if (stopped !== 0 && stopped !== 143) {
    console.error(`Celadon did not stop cleanly (status ${stopped}):\n${server.log}`);
    status ||= 1;
  }
}
process.exitCode = status;
