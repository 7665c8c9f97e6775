// The server is killed without warning; who resumes has missed nothing.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Permission, Query, Role, TablesDB } from 'node-appwrite';
import { Socket, Stream } from '../harness/realtime.js';
import { same } from '../harness/expect.js';
import { ownServer, Tenant } from '../harness/tenant.js';

const WRITERS = 4;
const KILLS = 3;
const ROWS_A_LIFE = 40;
const LAST = 'the-end';

/** Between attempts to reach a server that is not there. */
const PAUSE_MS = 100;
const place = { databaseId: 'default', tableId: 'ledger' };
const CHANNEL = 'tablesdb.default.tables.ledger.rows';
let server;
let tenant;
let tables;

before(async () => {
  server = await ownServer();
  tenant = await Tenant.create(server);
  tables = new TablesDB(tenant.key());
  const permissions = [Permission.read(Role.any())];
  await tables.createTable({ ...place, name: 'Ledger', permissions });
  await tables.createIntegerColumn({ ...place, key: 'n', required: true });
});

/** Writes until told to stop; notes what was acknowledged, and refusals that no crash explains. */
async function writer(id, acknowledged, strange, running) {
  for (let n = 0; running.on; n++) {
    const rowId = `w${id}-${n}`;
    try {
      await tables.createRow({ ...place, rowId, data: { n } });
      acknowledged.add(rowId);
    } catch (error) {
      if (error.code >= 400 && error.code < 500) strange.push(`${error.code} ${error.message}`);
      await sleep(PAUSE_MS);
    }
  }
}

/** Follows a WebSocket over every crash, from the last place it heard of. */
async function follow(seen, running) {
  let since;
  while (running.on) {
    try {
      const ws = await Socket.open(tenant.endpoint, tenant.projectId);
      const connected = await ws.next('connected');
      since ??= connected.seq;
      ws.send('subscribe', [{ subscriptionId: 's', channels: [CHANNEL], queries: [], since }]);
      running.sockets.add(ws);
      for (;;) {
        const event = await ws.next('event', 120_000);
        seen.set(event.id, event.payload.$id);
        since = event.seq;
      }
    } catch {
      await sleep(PAUSE_MS);
    }
  }
}

/** Follows Server-Sent Events the way a browser does. */
async function followStream(seen, running) {
  let last = '';
  while (running.on) {
    try {
      const headers = last === '' ? {} : { 'last-event-id': last };
      const params = [['channels[]', CHANNEL]];
      const sse = await Stream.open(tenant.endpoint, tenant.projectId, params, headers);
      running.streams.add(sse);
      const collect = () => {
        for (const frame of sse.left.splice(0)) {
          if (frame.type === 'gap') running.gaps.push(frame);
          const event = frame.data ?? frame;
          if (event.payload) seen.set(event.id, event.payload.$id);
        }
        last = sse.lastEventId || last;
      };
      const timer = setInterval(collect, 20);
      await sse.ended;
      clearInterval(timer);
      collect();
    } catch {
      await sleep(PAUSE_MS);
    }
  }
}

test(`${KILLS} kills under load: nothing acknowledged is lost, no event is missed`, async () => {
  const acknowledged = new Set();
  const strange = [];
  const [bySocket, byStream] = [new Map(), new Map()];
  const running = { on: true, sockets: new Set(), streams: new Set(), gaps: [] };
  const followers = [follow(bySocket, running), followStream(byStream, running)];
  const writing = { on: true };
  try {
    await sleep(500);
    const writers = Array.from({ length: WRITERS }, (_, id) =>
      writer(id, acknowledged, strange, writing));
    for (let kill = 0; kill < KILLS; kill++) {
      await enough(acknowledged);
      await server.kill();
      await server.launch();
    }
    await enough(acknowledged);
    writing.on = false;
    await Promise.all(writers);
    await tables.createRow({ ...place, rowId: LAST, data: { n: 0 } });
    await until(() => [bySocket, byStream].every((seen) => [...seen.values()].includes(LAST)));
  } finally {
    writing.on = false;
    running.on = false;
    for (const ws of running.sockets) ws.socket.terminate();
    for (const sse of running.streams) await sse.close();
  }
  await Promise.all(followers);

  same(strange, []);
  const stored = await allRows();
  same([...acknowledged].filter((rowId) => !stored.has(rowId)), [], 'acknowledged and lost');
  same(running.gaps, []);
  for (const [name, seen] of [['WebSocket', bySocket], ['SSE', byStream]]) {
    const ids = new Set(seen.values());
    same([...stored].filter((rowId) => !ids.has(rowId)), [], `${name} missed`);
    assert.equal(seen.size, ids.size, `${name}: one event a row`);
  }
});

async function until(holds, waitMs = 60_000) {
  const deadline = Date.now() + waitMs;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `not within ${waitMs} ms: ${holds}`);
    await sleep(20);
  }
}

/** Waits until the writers are well at work again. */
async function enough(acknowledged) {
  const before = acknowledged.size;
  await until(() => acknowledged.size >= before + ROWS_A_LIFE);
}

async function allRows() {
  const ids = [];
  for (;;) {
    const queries = [Query.limit(100), Query.orderAsc('$sequence')];
    if (ids.length > 0) queries.push(Query.cursorAfter(ids.at(-1)));
    const page = await tables.listRows({ ...place, queries, total: false });
    if (page.rows.length === 0) return new Set(ids);
    ids.push(...page.rows.map((row) => row.$id));
  }
}
