import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../../../../..');
const START_MS = 90_000;
const STOP_MS = 30_000;
const LOG_LINES = 60;

/** A port that is free now. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Celadon as `scripts/run` starts it, on a port and in a directory of its own. */
export class Server {
  #child;
  #settings;
  #lines = [];

  constructor(port, data, settings) {
    this.port = port;
    this.data = data;
    this.#settings = settings;
  }

  /** Starts one without rate limits; `settings` are further environment variables. */
  static async start(settings = {}) {
    const data = await mkdtemp(join(tmpdir(), 'celadon-clients-'));
    const server = new Server(await freePort(), data, {
      CELADON_JAVA_AOT: 'off',
      CELADON_LIMITS_ENABLED: 'false',
      CELADON_REALTIME_MESSAGES_PER_MINUTE: '100000',
      CELADON_REALTIME_CONNECTIONS_PER_ADDRESS: '100000',
      ...settings,
    });
    await server.launch();
    return server;
  }

  get endpoint() {
    return `http://localhost:${this.port}/v1`;
  }

  /** What the process printed last. */
  get log() {
    return this.#lines.join('');
  }

  /** Starts the process and waits until health answers 200. */
  async launch() {
    const args = ['--port', String(this.port), '--data', this.data];
    this.#child = spawn(join(ROOT, 'scripts/run'), args, {
      cwd: ROOT,
      env: { ...process.env, ...this.#settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        this.#lines.push(text);
        this.#lines.splice(0, this.#lines.length - LOG_LINES);
      });
    }
    const deadline = Date.now() + START_MS;
    while (!(await this.healthy())) {
      if (this.#child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`Celadon did not start:\n${this.log}`);
      }
      await sleep(50);
    }
  }

  async healthy() {
    try {
      return (await fetch(`${this.endpoint}/health`)).status === 200;
    } catch {
      return false;
    }
  }

  /** The process dies without a chance to say goodbye. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** The process is asked to stop; its exit status, and the data is gone afterwards. */
  async stop() {
    const status = await this.#end('SIGTERM');
    await rm(this.data, { recursive: true, force: true });
    return status;
  }

  async #end(signal) {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) {
      return child.exitCode;
    }
    const exited = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(late);
    return child.exitCode;
  }
}
