// A schema that is kept as a file: shown, edited, planned, applied and used, by a deployment's key.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Query, TablesDB } from 'node-appwrite';
import { refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

let staging;
let production;

before(async () => {
  const server = await sharedServer();
  staging = await Tenant.create(server);
  production = await Tenant.create(server);
  const tables = new TablesDB(staging.key());
  const writers = { databaseId: 'default', tableId: 'writers' };
  await tables.createTable({ ...writers, name: 'Writers' });
  await tables.createVarcharColumn({ ...writers, key: 'name', size: 100, required: true });
  const books = { databaseId: 'default', tableId: 'books' };
  await tables.createTable({ ...books, name: 'Books', permissions: ['read("any")'] });
  await tables.createTextColumn({ ...books, key: 'title', required: true });
  await tables.createRelationshipColumn({
    ...books,
    relatedTableId: 'writers',
    type: 'manyToOne',
    twoWay: true,
    key: 'writer',
    twoWayKey: 'books',
  });
  await tables.createIndex({ ...books, key: 'titles', type: 'fulltext', columns: ['title'] });
});

function schema(tenant, method, body, query = '', headers = {}) {
  const path = `/tablesdb/default/schema${query}`;
  return tenant.wire
    .with({ 'x-appwrite-key': tenant.secret, ...headers })
    .send(method, path, body);
}

function kinds(plan) {
  return plan.body.steps.map((step) => `${step.kind} ${step.tableId} ${step.key}`.trim());
}

test('goes from one project to another, changes there, and keeps what is stored', async () => {
  const shown = await schema(staging, 'GET');
  assert.equal(shown.status, 200, JSON.stringify(shown.body));
  assert.match(shown.headers.get('etag'), /^"[0-9a-f]{32}"$/);
  same((await schema(staging, 'PUT', shown.body)).body.steps, []);

  const first = await schema(production, 'PUT', shown.body);
  same(kinds(first), ['table.create writers', 'table.create books', 'column.create books writer']);
  same((await schema(production, 'GET')).body, shown.body);
  assert.equal(first.headers.get('etag'), shown.headers.get('etag'));

  const tables = new TablesDB(production.key());
  const books = { databaseId: 'default', tableId: 'books' };
  const data = { title: 'Middlemarch', writer: { $id: 'eliot', name: 'George Eliot' } };
  await tables.createRow({ ...books, rowId: 'one', data });

  const edited = structuredClone(shown.body);
  const [writers, shelf] = edited.tables;
  writers.columns[0] = { ...writers.columns[0], key: 'fullName', renamedFrom: 'name' };
  shelf.columns.push({ key: 'year', type: 'integer', min: -3000, max: 3000 });
  shelf.indexes.push({ key: 'years', type: 'key', columns: ['year'], orders: ['DESC'] });
  const plan = await schema(production, 'PUT', edited, '?plan=true');
  same(kinds(plan), [
    'column.update writers fullName', 'column.create books year', 'index.create books years',
  ]);
  assert.equal(plan.body.applied, false);
  assert.equal(plan.body.steps[0].from.key, 'name');
  assert.equal(plan.body.steps[0].to.key, 'fullName');
  const seen = { 'if-match': plan.headers.get('etag') };
  const applied = await schema(production, 'PUT', edited, '', seen);
  same(applied.body.steps, plan.body.steps);
  assert.equal((await schema(production, 'PUT', edited, '', seen)).status, 412);
  same((await schema(production, 'PUT', edited)).body.steps, []);

  await tables.updateRow({ ...books, rowId: 'one', data: { year: 1871 } });
  const found = await tables.listRows({
    ...books,
    queries: [
      Query.search('title', 'middlemarch'),
      Query.equal('writer.fullName', 'George Eliot'),
      Query.select(['title', 'year', 'writer.fullName']),
    ],
  });
  assert.equal(found.total, 1);
  assert.equal(found.rows[0].writer.fullName, 'George Eliot');
});

test('refuses what would lose rows, unless told', async () => {
  const { body } = await schema(production, 'GET');
  const few = { ...body, tables: body.tables.filter((table) => table.$id === 'writers') };
  const plan = await schema(production, 'PUT', few, '?plan=true');
  assert.equal(plan.body.losesData, true);
  const answer = await schema(production, 'PUT', few);
  assert.equal(answer.status, 400);
  assert.match(answer.body.message, /allowDataLoss/);
  assert.match(answer.body.message, /step 1, table\.delete of books/);
  same((await schema(production, 'GET')).body, body);
  const told = await schema(production, 'PUT', few, '?allowDataLoss=true');
  same(kinds(told), kinds(plan));
  const tables = new TablesDB(production.key());
  const gone = tables.getTable({ databaseId: 'default', tableId: 'books' });
  await refused(gone, 404, 'table_not_found');
});

test('says where a document is wrong, and to nobody else what there is', async () => {
  const bad = { tables: [{ $id: 't', name: 't', columns: [{ key: 'a', type: 'string' }] }] };
  const answer = await schema(staging, 'PUT', bad);
  assert.equal(answer.status, 400);
  assert.match(answer.body.message, /\[0\]\.columns\[0\]\.size/);
  for (const method of ['GET', 'PUT']) {
    const body = method === 'PUT' ? bad : undefined;
    const guest = await staging.wire.send(method, '/tablesdb/default/schema', body);
    assert.equal(guest.status, 401);
  }
});
