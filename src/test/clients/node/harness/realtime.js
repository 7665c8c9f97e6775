import { once } from 'node:events';
import WebSocket from 'ws';

const WAIT_MS = 10_000;

/** A stream of messages of which a scenario takes one after the other. */
class Inbox {
  #waiting = new Set();
  messages = [];

  push(message) {
    this.messages.push(message);
    for (const waiter of this.#waiting) {
      if (waiter.accepts(message)) {
        this.messages.splice(this.messages.indexOf(message), 1);
        waiter.done(message);
        return;
      }
    }
  }

  /** Nothing will come any more. */
  end() {
    for (const waiter of this.#waiting) waiter.fail('the connection ended');
  }

  /** The first message, past or to come, that is accepted; it is taken out. */
  take(accepts, waitMs = WAIT_MS) {
    const index = this.messages.findIndex(accepts);
    if (index >= 0) {
      return Promise.resolve(this.messages.splice(index, 1)[0]);
    }
    return new Promise((resolve, reject) => {
      const settle = (act) => {
        clearTimeout(late);
        this.#waiting.delete(waiter);
        act();
      };
      const waiter = {
        accepts,
        done: (message) => settle(() => resolve(message)),
        fail: (reason) => settle(() =>
          reject(new Error(`${reason}; there is ${JSON.stringify(this.messages)}`))),
      };
      const late = setTimeout(() => waiter.fail('nothing came in time'), waitMs);
      this.#waiting.add(waiter);
    });
  }
}

/** A plain WebSocket, without any SDK. */
export class Socket {
  #inbox = new Inbox();

  constructor(socket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([code, reason]) => {
      this.#inbox.end();
      return { code, reason: `${reason}` };
    });
    socket.on('message', (text) => this.#inbox.push(JSON.parse(text)));
    // What goes wrong also closes it.
    socket.on('error', () => {});
  }

  /** `params` go into the URL as pairs, `headers` into the handshake. */
  static async open(endpoint, projectId, params = [], headers = {}) {
    const query = new URLSearchParams([['project', projectId], ...params]);
    const url = `${endpoint.replace('http', 'ws')}/realtime?${query}`;
    const socket = new Socket(new WebSocket(url, { headers }));
    await Promise.race([once(socket.socket, 'open'), socket.closed]);
    return socket;
  }

  /** The next frame of this type. */
  async next(type, waitMs) {
    return (await this.#inbox.take((frame) => frame.type === type, waitMs)).data;
  }

  /** The next event of this action on this row. */
  async event(rowId, action) {
    const own = (frame) =>
      frame.type === 'event' &&
      frame.data.payload.$id === rowId &&
      frame.data.events.some((name) => name.endsWith(`.${rowId}.${action}`));
    return (await this.#inbox.take(own)).data;
  }

  /** What came and nobody took. */
  get left() {
    return this.#inbox.messages;
  }

  send(type, data) {
    this.socket.send(JSON.stringify({ type, data }));
  }

  /** Subscribes and waits for the answer: the rows that the server confirmed. */
  async subscribe(...rows) {
    this.send('subscribe', rows.map((row) => ({ queries: [], ...row })));
    return (await this.next('response')).subscriptions;
  }

  /** Everything sent before has been answered when this returns. */
  async settle() {
    this.send('ping');
    await this.#inbox.take((frame) => frame.type === 'pong');
  }

  async close() {
    this.socket.close();
    await this.closed;
  }
}

/** Server-Sent Events as a browser reads them. */
export class Stream {
  #inbox = new Inbox();
  #abort = new AbortController();
  lastEventId = '';

  static async open(endpoint, projectId, params = [], headers = {}) {
    const query = new URLSearchParams([['project', projectId], ...params]);
    const stream = new Stream();
    const answer = await fetch(`${endpoint}/realtime/events?${query}`, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: stream.#abort.signal,
    });
    stream.status = answer.status;
    stream.type = answer.headers.get('content-type');
    stream.ended = stream.#read(answer.body).catch(() => {}).then(() => stream.#inbox.end());
    return stream;
  }

  async #read(body) {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      blocks.forEach((block) => this.#receive(block));
    }
  }

  #receive(block) {
    const field = (name) =>
      block
        .split('\n')
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
        .join('\n');
    const id = field('id');
    const data = field('data');
    if (id !== '') this.lastEventId = id;
    if (data !== '') this.#inbox.push(JSON.parse(data));
  }

  async event(rowId, action) {
    const own = (frame) => {
      const event = frame.data ?? frame;
      return event.payload?.$id === rowId &&
        event.events.some((name) => name.endsWith(`.${rowId}.${action}`));
    };
    const frame = await this.#inbox.take(own);
    return frame.data ?? frame;
  }

  async next(type) {
    return this.#inbox.take((frame) => frame.type === type);
  }

  get left() {
    return this.#inbox.messages;
  }

  async close() {
    this.#abort.abort();
    await this.ended;
  }
}
