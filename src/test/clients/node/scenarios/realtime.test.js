// Realtime over a plain WebSocket and as Server-Sent Events.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Permission, Query, Role, TablesDB, Users } from 'node-appwrite';
import { holds, same } from '../harness/expect.js';
import { Socket, Stream } from '../harness/realtime.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

const place = { databaseId: 'default', tableId: 'posts' };
const CHANNEL = 'tablesdb.default.tables.posts.rows';
const ANY = [Permission.read(Role.any())];
const open = [];
let tenant;
let tables;
let rows = 0;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  tables = new TablesDB(tenant.key());
  await tables.createTable({ ...place, name: 'Posts', rowSecurity: true });
  const column = { ...place, required: false };
  await tables.createVarcharColumn({ ...column, key: 'title', size: 100 });
  await tables.createIntegerColumn({ ...column, key: 'likes' });
});

after(() => Promise.all(open.map((one) => one.close())));

async function socket(params, headers) {
  const one = await Socket.open(tenant.endpoint, tenant.projectId, params, headers);
  open.push(one);
  return one;
}

async function stream(params, headers) {
  const one = await Stream.open(tenant.endpoint, tenant.projectId, params, headers);
  open.push(one);
  return one;
}

function write(data = {}, permissions = ANY) {
  const rowId = `row${(rows += 1)}`;
  return tables.createRow({ ...place, rowId, data, permissions });
}

describe('subscribing', () => {
  test('by the URL', async () => {
    const ws = await socket([['channels[]', CHANNEL], ['channels[]', 'documents']]);
    const connected = await ws.next('connected');
    same(connected.channels.toSorted(), ['documents', CHANNEL]);
    assert.equal(connected.user, null);
    assert.equal(Object.keys(connected.subscriptions).length, 1);
    const row = await write({ title: 'One' });
    const event = await ws.event(row.$id, 'create');
    same(event.subscriptions, Object.values(connected.subscriptions));
  });

  test('by a frame, with create, update and delete of a row', async () => {
    const ws = await socket();
    holds(await ws.next('connected'), { channels: [], user: null });
    const [subscription] = await ws.subscribe({ subscriptionId: 'mine', channels: [CHANNEL] });
    holds(subscription, { subscriptionId: 'mine', channels: [CHANNEL] });
    const { $id: rowId } = await write({ title: 'One', likes: 1 });
    const created = await ws.event(rowId, 'create');
    holds(created.payload, { $id: rowId, title: 'One', likes: 1, $tableId: 'posts' });
    same(created.subscriptions, ['mine']);
    assert.match(created.timestamp, /^\d{4}-\d\d-\d\d/);
    for (const name of [
      `databases.default.tables.posts.rows.${rowId}.create`,
      'databases.*.tables.posts.rows.*.create',
      `databases.default.collections.posts.documents.${rowId}.create`,
    ]) {
      assert.ok(created.events.includes(name), `${name} in ${created.events}`);
    }
    for (const channel of ['rows', 'documents', CHANNEL, `${CHANNEL}.${rowId}`,
      'databases.default.collections.posts.documents']) {
      assert.ok(created.channels.includes(channel), `${channel} in ${created.channels}`);
    }
    assert.ok(created.id && created.seq && created.event.endsWith('.create'));
    await tables.updateRow({ ...place, rowId, data: { title: 'Two' } });
    const updated = await ws.event(rowId, 'update');
    holds(updated.payload, { title: 'Two', likes: 1 });
    assert.notEqual(updated.id, created.id);
    await tables.deleteRow({ ...place, rowId });
    holds((await ws.event(rowId, 'delete')).payload, { $id: rowId, title: 'Two' });
  });

  test('replaced and ended', async () => {
    const ws = await socket();
    await ws.next('connected');
    await ws.subscribe(
      { subscriptionId: 'all', channels: [CHANNEL] },
      { subscriptionId: 's', channels: [CHANNEL] },
    );
    const heard = async () => (await ws.event((await write()).$id, 'create')).subscriptions;
    same((await heard()).toSorted(), ['all', 's']);
    await ws.subscribe({ subscriptionId: 's', channels: [`${CHANNEL}.other`] });
    same(await heard(), ['all']);
    await ws.subscribe({ subscriptionId: 's', channels: [CHANNEL] });
    same((await heard()).toSorted(), ['all', 's']);
    ws.send('unsubscribe', [{ subscriptionId: 's' }, { subscriptionId: 'unknown' }]);
    const answer = await ws.next('response');
    same(answer.subscriptions, [
      { subscriptionId: 's', removed: true },
      { subscriptionId: 'unknown', removed: false },
    ]);
    same(await heard(), ['all']);
    same(ws.left, []);
  });

  test('to one row, one action, with queries', async () => {
    const ws = await socket();
    await ws.next('connected');
    const { $id: rowId } = await write({ likes: 0 });
    await ws.subscribe(
      { subscriptionId: 'row', channels: [`${CHANNEL}.${rowId}`] },
      { subscriptionId: 'updates', channels: [`${CHANNEL}.${rowId}.update`] },
      { subscriptionId: 'many', channels: ['rows'], queries: [Query.greaterThan('likes', 10)] },
    );
    await tables.updateRow({ ...place, rowId, data: { likes: 5 } });
    const few = await ws.event(rowId, 'update');
    same(few.subscriptions.toSorted(), ['row', 'updates']);
    await tables.updateRow({ ...place, rowId, data: { likes: 50 } });
    const many = await ws.event(rowId, 'update');
    same(many.subscriptions.toSorted(), ['many', 'row', 'updates']);
    await tables.deleteRow({ ...place, rowId });
    const gone = await ws.event(rowId, 'delete');
    same(gone.subscriptions.toSorted(), ['many', 'row']);
  });

  test('slots of the URL with queries', async () => {
    const query = Query.equal('title', 'wanted');
    const ws = await socket([['channels[]', 'rows'], ['rows[0][]', query]]);
    await ws.next('connected');
    await write({ title: 'other' });
    const wanted = await write({ title: 'wanted' });
    await ws.event(wanted.$id, 'create');
    same(ws.left, []);
  });
});

describe('who sees what', () => {
  test('a row is for its readers, at the moment of sending', async () => {
    const [ada, ben] = [await tenant.user('Ada'), await tenant.user('Ben')];
    const sockets = [];
    for (const headers of [
      { cookie: `a_session_${tenant.projectId}=${ada.session.secret}` },
      { cookie: `a_session_${tenant.projectId}=${ben.session.secret}` },
      {},
    ]) {
      const ws = await socket([['channels[]', CHANNEL]], headers);
      const { user } = await ws.next('connected');
      sockets.push(ws);
      assert.equal(user?.$id, [ada.userId, ben.userId, undefined][sockets.length - 1]);
    }
    const [byAda, byBen, byGuest] = sockets;
    const secret = await write({}, [Permission.read(Role.user(ada.userId))]);
    await byAda.event(secret.$id, 'create');
    const shared = await write({}, ANY);
    await Promise.all(sockets.map((ws) => ws.event(shared.$id, 'create')));
    same([byBen.left, byGuest.left], [[], []]);
    // A label gives and takes the role while the connection stands.
    const staff = [Permission.read(Role.label('staff'))];
    const users = new Users(tenant.key());
    await users.updateLabels({ userId: ben.userId, labels: ['staff'] });
    await sleep(1200);
    const first = await write({}, staff);
    await byBen.event(first.$id, 'create');
    await users.updateLabels({ userId: ben.userId, labels: [] });
    await sleep(1200);
    await write({}, staff);
    const last = await write({}, ANY);
    await byBen.event(last.$id, 'create');
    same(byBen.left, []);
  });

  test('by a JWT in the URL and by an authentication frame', async () => {
    const ada = await tenant.user('Ada');
    const { jwt } = await ada.account.createJWT();
    const byJwt = await socket([['jwt', jwt], ['channels[]', CHANNEL]]);
    holds((await byJwt.next('connected')).user, { $id: ada.userId });
    const byFrame = await socket([['channels[]', CHANNEL]]);
    assert.equal((await byFrame.next('connected')).user, null);
    byFrame.send('authentication', { session: ada.session.secret });
    const answer = await byFrame.next('response');
    holds(answer, { to: 'authentication', success: true });
    assert.equal(answer.user.$id, ada.userId);
    const row = await write({}, [Permission.read(Role.user(ada.userId))]);
    await Promise.all([byJwt, byFrame].map((ws) => ws.event(row.$id, 'create')));
  });

  test('account is the caller\'s own', async () => {
    const [ada, ben] = [await tenant.user('Ada'), await tenant.user('Ben')];
    const params = [['channels[]', 'account']];
    const cookie = `a_session_${tenant.projectId}=${ada.session.secret}`;
    const ws = await socket(params, { cookie });
    await ws.next('connected');
    await ben.account.updateName({ name: 'Not yours' });
    await ada.account.updateName({ name: 'Yours' });
    const event = await ws.next('event');
    holds(event.payload, { $id: ada.userId, name: 'Yours' });
    assert.equal('password' in event.payload, false);
    same(ws.left, []);
  });

  test('a session that ends loses its roles', async () => {
    const ada = await tenant.user('Ada');
    const cookie = `a_session_${tenant.projectId}=${ada.session.secret}`;
    const ws = await socket([['channels[]', CHANNEL]], { cookie });
    await ws.next('connected');
    await ada.account.deleteSession({ sessionId: 'current' });
    await sleep(1200);
    await write({}, [Permission.read(Role.user(ada.userId))]);
    await sleep(300);
    assert.equal(ws.left.some((frame) => frame.type === 'event'), false);
  });

  test('a foreign origin is refused with 1008', async () => {
    const headers = { origin: 'https://evil.example.com' };
    const ws = await socket([['channels[]', CHANNEL]], headers);
    holds(await ws.next('error'), { code: 1008 });
    assert.equal((await ws.closed).code, 1008);
    const own = await socket([], { origin: 'https://app.example.org' });
    await own.next('connected');
  });

  test('an unknown project is refused', async () => {
    const ws = await Socket.open(tenant.endpoint, 'nobody', [['channels[]', 'rows']]);
    holds(await ws.next('error'), { code: 1008 });
    assert.equal((await ws.closed).code, 1008);
  });
});

describe('frames', () => {
  test('ping, and what makes no sense', async () => {
    const ws = await socket();
    await ws.next('connected');
    await ws.settle();
    for (const text of ['{', '[]', '"x"', '{"type":"dance"}', '{"type":"subscribe","data":5}']) {
      ws.socket.send(text);
      holds(await ws.next('error'), { code: 1003 });
    }
    ws.socket.send(Buffer.from([1, 2, 3]), { binary: true });
    holds(await ws.next('error'), { code: 1003 });
    await ws.settle();
  });
});

describe('resuming without a crash', () => {
  test('a WebSocket from a place', async () => {
    const ws = await socket();
    await ws.next('connected');
    await ws.subscribe({ subscriptionId: 's', channels: [CHANNEL] });
    const first = await write();
    const { seq } = await ws.event(first.$id, 'create');
    await ws.close();
    const missed = [await write(), await write(), await write()];
    await tables.updateRow({ ...place, rowId: missed[0].$id, data: { likes: 1 } });
    const again = await socket();
    await again.next('connected');
    await again.subscribe({ subscriptionId: 's', channels: [CHANNEL], since: seq });
    const order = [];
    for (let n = 0; n < 4; n++) {
      const { payload, event } = await again.next('event');
      order.push(`${payload.$id}.${event.split('.').at(-1)}`);
    }
    same(order, [
      ...missed.map((row) => `${row.$id}.create`),
      `${missed[0].$id}.update`,
    ]);
    const live = await write();
    await again.event(live.$id, 'create');
    same(again.left, []);
  });

  test('a place that nobody knows is a gap', async () => {
    const ws = await socket();
    await ws.next('connected');
    ws.send('subscribe', [
      { subscriptionId: 's', channels: [CHANNEL], queries: [], since: 'elsewhere' },
    ]);
    await ws.next('gap');
    const live = await write();
    await ws.event(live.$id, 'create');
  });

  test('Server-Sent Events by Last-Event-ID', async () => {
    const params = [['channels[]', CHANNEL]];
    const sse = await stream(params);
    assert.equal(sse.status, 200);
    assert.match(sse.type, /^text\/event-stream/);
    const first = await write({ title: 'One' });
    const event = await sse.event(first.$id, 'create');
    holds(event.payload, { title: 'One' });
    await sse.close();
    assert.notEqual(sse.lastEventId, '');
    const missed = [await write(), await write()];
    const again = await stream(params, { 'last-event-id': sse.lastEventId });
    for (const row of missed) {
      await again.event(row.$id, 'create');
    }
    const live = await write();
    await again.event(live.$id, 'create');
    assert.equal(again.left.some((frame) => frame.data?.payload?.$id === first.$id), false);
  });

  test('Server-Sent Events show a guest what a guest may read', async () => {
    const sse = await stream([['channels[]', CHANNEL]]);
    const hidden = await write({}, []);
    const shown = await write({}, ANY);
    await sse.event(shown.$id, 'create');
    assert.equal(sse.left.some((frame) => frame.data?.payload?.$id === hidden.$id), false);
  });
});
