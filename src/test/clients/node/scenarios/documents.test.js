// Documents without a declared shape. The SDK has no class for them yet, so this is plain HTTP.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, test } from 'node:test';
import { Query } from 'node-appwrite';
import WebSocket from 'ws';
import { refusal, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

const ROOT = '/documentsdb';
const DOCUMENTS = `${ROOT}/free/collections/things/documents`;
const SHAPE = { name: 'Ann', home: { city: 'Oslo', rooms: [{ size: 20 }, { size: 35.5 }] }, tags: [1, null, 'x'] };

let tenant;
let key;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  key = tenant.wire.with({ 'x-appwrite-key': tenant.secret });
  await key.ok('POST', ROOT, { databaseId: 'free', name: 'Free' });
  await key.ok('POST', `${ROOT}/free/collections`, {
    collectionId: 'things', name: 'Things', permissions: ['read("any")'],
  });
});

function make(documentId, data, more = {}) {
  return key.ok('POST', DOCUMENTS, { documentId, data, ...more });
}

/** The ids of those that match. */
async function ids(...queries) {
  const asked = queries.map((query) => `queries[]=${encodeURIComponent(query)}`).join('&');
  const list = await key.ok('GET', `${DOCUMENTS}?${asked}`);
  assert.equal(list.total, list.documents.length);
  return list.documents.map((document) => document.$id);
}

describe('documentsDB', () => {
  test('gives back what went in', async () => {
    const made = await make('whole', SHAPE);
    same(made.home, SHAPE.home);
    same((await key.ok('GET', `${DOCUMENTS}/whole`)).tags, SHAPE.tags);
    refusal(await key.send('POST', DOCUMENTS, { documentId: 'whole', data: {} }), 409, 'document_already_exists');
  });

  test('is asked by path', async () => {
    await make('near', { at: { city: 'Bergen', floor: 2 } });
    await make('far', { at: { city: 'Bodø', floor: 7 } });
    assert.deepEqual(await ids(Query.equal('at.city', 'Bergen')), ['near']);
    assert.deepEqual(await ids(Query.greaterThan('at.floor', 1), Query.orderDesc('at.floor')), ['far', 'near']);
  });

  test('is changed at a path, and counted', async () => {
    await make('count', { n: 1, deep: { n: 5 } });
    const up = await key.ok('PATCH', `${DOCUMENTS}/count/n/increment`, { value: 4 });
    assert.equal(up.n, 5);
    const changed = await key.ok('PATCH', `${DOCUMENTS}/count`, { data: { name: 'new' } });
    same([changed.name, changed.n, changed.deep], ['new', 5, { n: 5 }]);
  });

  test('takes part in transactions', async () => {
    const begun = await key.ok('POST', `${ROOT}/transactions`, { ttl: 300 });
    const within = { transactionId: begun.$id };
    await make('staged', { n: 1 }, within);
    refusal(await key.send('GET', `${DOCUMENTS}/staged`), 404, 'document_not_found');
    assert.equal((await key.ok('GET', `${DOCUMENTS}/staged?transactionId=${begun.$id}`)).n, 1);
    const done = await key.ok('PATCH', `${ROOT}/transactions/${begun.$id}`, { commit: true });
    assert.equal(done.status, 'committed');
    assert.equal((await key.ok('GET', `${DOCUMENTS}/staged`)).n, 1);
  });

  test('is heard of as it changes', async () => {
    const url = new URL(`${tenant.endpoint.replace(/^http/, 'ws')}/realtime`);
    url.searchParams.set('project', tenant.projectId);
    url.searchParams.append('channels[]', 'documents');
    const socket = new WebSocket(url);
    await once(socket, 'message');
    const heard = once(socket, 'message');
    await make('heard', { deep: { n: 1 } });
    const { type, data } = JSON.parse((await heard)[0]);
    socket.close();
    assert.equal(type, 'event');
    same([data.payload.$id, data.payload.deep], ['heard', { n: 1 }]);
    assert.ok(data.events.includes('documentsdb.free.collections.things.documents.heard.create'), data.events.join());
  });
});
