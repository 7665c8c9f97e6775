// The web SDK in Chromium: cookies, CORS and realtime as a page lives them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { createOwner } from '../node/harness/console.js';
import { Server } from '../node/harness/server.js';
import { Tenant } from '../node/harness/tenant.js';
import { serveSite } from './page.js';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP app.example.org 127.0.0.1, MAP evil.example.com 127.0.0.1',
];
const place = { databaseId: 'default', tableId: 'posts' };
const CHANNEL = 'tablesdb.default.tables.posts.rows';
let server;
let site;
let browser;
let tenant;
let person;

before(async () => {
  [server, site] = await Promise.all([Server.start(), serveSite()]);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  });
  await createOwner(server.endpoint);
  tenant = await Tenant.create(server);
  person = await tenant.user('Ada');
  const admin = tenant.admin;
  await admin.ok('POST', '/tablesdb/default/tables', {
    tableId: place.tableId,
    name: 'Posts',
    rowSecurity: true,
    permissions: ['create("users")'],
    columns: [{ key: 'title', type: 'varchar', size: 100, required: true }],
  });
});

after(async () => {
  await browser?.close();
  site?.close();
  assert.equal(await server?.stop(), 0, 'Celadon stops cleanly');
});

/** A fresh page of a host of the site, with the SDK's client in `window.client`. */
async function openPage(host) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://${host}:${site.port}/`);
  await page.evaluate(({ endpoint, projectId }) => {
    window.client = new Appwrite.Client().setEndpoint(endpoint).setProject(projectId);
    window.attempt = (promise) =>
      promise.then((value) => ({ value }), (error) => ({
        error: { code: error.code, type: error.type, message: error.message },
      }));
  }, { endpoint: server.endpoint, projectId: tenant.projectId });
  return { context, page };
}

function signIn(page) {
  const { email, password } = person;
  return page.evaluate((credentials) =>
    attempt(new Appwrite.Account(client).createEmailPasswordSession(credentials)),
  { email, password });
}

/** Waits until the page has heard of this action on this row; the event. */
async function heard(page, list, rowId, action) {
  const handle = await page.waitForFunction(
    ([name, tail]) => window[name].find((event) => event.events.some((one) => one.endsWith(tail))),
    [list, `.${rowId}.${action}`],
    { timeout: 5_000 },
  );
  return handle.jsonValue();
}

describe('a page of a local site', () => {
  let context;
  let page;

  before(async () => {
    ({ context, page } = await openPage('localhost'));
  });

  after(() => context.close());

  test('signs in and holds a cookie that scripts cannot read', async () => {
    const { value: session, error } = await signIn(page);
    assert.equal(error, undefined);
    assert.deepEqual([session.userId, session.secret], [person.userId, '']);
    const cookies = await context.cookies(server.endpoint);
    const cookie = cookies.find((one) => one.name === `a_session_${tenant.projectId}`);
    assert.ok(cookie.httpOnly);
    assert.equal(cookie.value.split('.').length, 3);
    assert.equal(await page.evaluate(() => document.cookie), '');
    // What the SDK keeps for browsers without cookies is taken away: the cookie alone must do.
    await page.evaluate(() => localStorage.clear());
    const me = await page.evaluate(() => attempt(new Appwrite.Account(client).get()));
    assert.equal(me.value?.$id, person.userId, JSON.stringify(me.error));
  });

  test('sees create, update and delete of a row through the SDK\'s Realtime', async () => {
    await page.evaluate(async (channel) => {
      window.seen = [];
      window.realtime = new Appwrite.Realtime(client);
      const opened = new Promise((resolve) => realtime.onOpen(resolve));
      window.subscription = await realtime.subscribe(channel, (event) => seen.push(event));
      await opened;
    }, CHANNEL);
    await subscribed(page);
    const row = await page.evaluate(async (place) => {
      const tables = new Appwrite.TablesDB(client);
      const rowId = Appwrite.ID.unique();
      const made = await tables.createRow({ ...place, rowId, data: { title: 'One' } });
      await tables.updateRow({ ...place, rowId, data: { title: 'Two' } });
      await tables.deleteRow({ ...place, rowId });
      return made;
    }, place);
    assert.equal((await heard(page, 'seen', row.$id, 'create')).payload.title, 'One');
    assert.equal((await heard(page, 'seen', row.$id, 'update')).payload.title, 'Two');
    assert.equal((await heard(page, 'seen', row.$id, 'delete')).payload.$id, row.$id);
  });

  test('sees what a server writes for it, and not what is for others', async () => {
    const path = '/tablesdb/default/tables/posts/rows';
    const write = (rowId, role) => {
      const permissions = [`read("${role}")`];
      return tenant.admin.ok('POST', path, { rowId, data: { title: 'x' }, permissions });
    };
    await write('hidden', 'label:staff');
    await write('shown', `user:${person.userId}`);
    await heard(page, 'seen', 'shown', 'create');
    const names = await page.evaluate(() => seen.map((event) => event.payload.$id));
    assert.equal(names.includes('hidden'), false);
  });

  test('sees the same through the older subscribe of the client', async () => {
    await page.evaluate(async (channel) => {
      window.older = [];
      client.subscribe([channel, 'account'], (event) => older.push(event));
      await new Promise((resolve) => setTimeout(resolve, 600));
    }, CHANNEL);
    const path = '/tablesdb/default/tables/posts/rows';
    const body = { rowId: 'older', data: { title: 'x' }, permissions: ['read("any")'] };
    await tenant.admin.ok('POST', path, body);
    await heard(page, 'older', 'older', 'create');
    await page.evaluate(() => new Appwrite.Account(client).updateName({ name: 'Grace' }));
    await page.waitForFunction(() => older.some((event) => event.payload.name === 'Grace'));
  });

  test('sees events as an EventSource, with its cookie', async () => {
    await page.evaluate(({ endpoint, projectId, channel }) => {
      window.streamed = [];
      const url = new URL(`${endpoint}/realtime/events`);
      url.searchParams.append('project', projectId);
      url.searchParams.append('channels[]', channel);
      window.source = new EventSource(url, { withCredentials: true });
      source.onmessage = ({ data, lastEventId }) => {
        const frame = JSON.parse(data);
        const event = frame.data ?? frame;
        if (event.events) streamed.push({ ...event, lastEventId });
      };
      return new Promise((resolve) => { source.onopen = resolve; });
    }, { endpoint: server.endpoint, projectId: tenant.projectId, channel: CHANNEL });
    const rowId = await page.evaluate(async (place) => {
      const rowId = Appwrite.ID.unique();
      await new Appwrite.TablesDB(client).createRow({ ...place, rowId, data: { title: 'Mine' } });
      return rowId;
    }, place);
    const event = await heard(page, 'streamed', rowId, 'create');
    assert.notEqual(event.lastEventId, '');
    await page.evaluate(() => source.close());
  });

  test('unsubscribes, and signs out at once', async () => {
    await page.evaluate(() => subscription.close());
    const out = await page.evaluate(async () => {
      const account = new Appwrite.Account(client);
      await account.deleteSession({ sessionId: 'current' });
      return attempt(account.get());
    });
    assert.equal(out.error?.type, 'general_unauthorized_scope');
    const cookies = await context.cookies(server.endpoint);
    assert.equal(cookies.some((one) => one.name.startsWith('a_session_')), false);
  });
});

/** Waits until a subscription of the page is in effect: a probe row is heard of. */
async function subscribed(page) {
  const path = '/tablesdb/default/tables/posts/rows';
  for (let n = 0; n < 50; n++) {
    const body = { rowId: `probe${n}`, data: { title: 'probe' }, permissions: ['read("any")'] };
    await tenant.admin.ok('POST', path, body);
    await page.waitForTimeout(100);
    if (await page.evaluate(() => seen.length > 0)) return;
  }
  assert.fail('the subscription never took effect');
}

describe('a page of a listed platform on another host', () => {
  test('may call, and keeps its session where cookies are not sent', async () => {
    const { context, page } = await openPage('app.example.org');
    const { value, error } = await signIn(page);
    assert.equal(value?.userId, person.userId, JSON.stringify(error));
    const me = await page.evaluate(() => attempt(new Appwrite.Account(client).get()));
    assert.equal(me.value?.$id, person.userId, JSON.stringify(me.error));
    const seen = await page.evaluate((channel) => new Promise((resolve) => {
      const socket = new WebSocket(
        `${client.config.endpointRealtime}/realtime?project=${client.config.project}`
        + `&channels[]=${channel}`);
      socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
    }), CHANNEL);
    assert.equal(seen, 'connected');
    await context.close();
  });
});

describe('a page of a foreign site', () => {
  test('is refused by REST and by realtime', async () => {
    const { context, page } = await openPage('evil.example.com');
    const { value, error } = await signIn(page);
    assert.equal(value, undefined);
    assert.ok(error, 'the browser or the server refuses it');
    const frame = await page.evaluate((channel) => new Promise((resolve) => {
      const socket = new WebSocket(
        `${client.config.endpointRealtime}/realtime?project=${client.config.project}`
        + `&channels[]=${channel}`);
      const frames = [];
      socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
      socket.onclose = ({ code }) => resolve({ code, frames });
    }), CHANNEL);
    assert.equal(frame.code, 1008);
    assert.deepEqual(frame.frames.map((one) => one.type), ['error']);
    await context.close();
  });
});
