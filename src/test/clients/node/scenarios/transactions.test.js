// Transactions: staged, read inside, committed, rolled back, in conflict; in both vocabularies.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Databases, ID, Operator, Permission, Query, Role, TablesDB } from 'node-appwrite';
import { holds, refused, same, TIME } from '../harness/expect.js';
import { Socket } from '../harness/realtime.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

let tenant;
let ada;
let ben;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  [ada, ben] = [await tenant.user('Ada'), await tenant.user('Ben')];
});

async function table(say, place, more) {
  await say.call('createTable', { ...place, name: 'Accounts', ...more });
  const column = { ...place, required: false };
  await say.call('createVarcharColumn', { ...column, key: 'title', size: 100 });
  await say.call('createIntegerColumn', { ...column, key: 'balance', min: 0, xdefault: 0 });
}

for (const name of NAMES) {
  describe(`${name}: a transaction`, () => {
    const place = { databaseId: 'default', tableId: `money-${name}` };
    let say;

    before(async () => {
      say = vocabulary(name, tenant.key());
      await table(say, place);
      for (const [rowId, balance] of [['from', 100], ['to', 0]]) {
        await say.call('createRow', { ...place, rowId, data: { balance } });
      }
    });

    test('moves money, seen inside before it is committed', async () => {
      const begun = await say.call('createTransaction', { ttl: 60 });
      holds(begun, { status: 'pending', operations: 0 });
      assert.match(begun.expiresAt, TIME);
      const transactionId = begun.$id;
      const amount = { [say.name === 'databases' ? 'attribute' : 'column']: 'balance' };
      const less = await say.call('decrementRowColumn', {
        ...place, ...amount, rowId: 'from', value: 30, min: 0, transactionId,
      });
      holds(less, { $id: 'from', balance: 70 });
      await say.call('incrementRowColumn', {
        ...place, ...amount, rowId: 'to', value: 30, transactionId,
      });
      const note = { ...place, rowId: 'note', data: { title: '30 moved' }, transactionId };
      holds(await say.call('createRow', note), { title: '30 moved', balance: 0 });

      holds(await say.call('getRow', { ...place, rowId: 'from' }), { balance: 100 });
      holds(await say.call('getRow', { ...place, rowId: 'from', transactionId }), { balance: 70 });
      const queries = [Query.greaterThan('balance', 0), Query.orderAsc('balance')];
      const inside = await say.call('listRows', { ...place, queries, transactionId });
      same(say.of(inside, 'rows').map((row) => row.$id), ['to', 'from']);
      assert.equal((await say.call('listRows', { ...place, queries })).total, 1);

      const done = await say.call('updateTransaction', { transactionId, commit: true });
      holds(done, { status: 'committed', operations: 3 });
      holds(await say.call('getRow', { ...place, rowId: 'from' }), { balance: 70 });
      holds(await say.call('getRow', { ...place, rowId: 'to' }), { balance: 30 });
      const again = say.call('updateTransaction', { transactionId, commit: true });
      await refused(again, 400, 'transaction_not_ready');
    });

    test('takes many operations at once, all or none', async () => {
      const transactionId = (await say.call('createTransaction', {})).$id;
      const where = Object.fromEntries(
        Object.entries(place).map(([key, value]) => [say.say(key), value]),
      );
      const one = (action, rowId, data) => ({ action, ...where, [say.say('rowId')]: rowId, data });
      const staged = await say.call('createOperations', {
        transactionId,
        operations: [
          one('create', ID.unique(), { title: 'made' }),
          one('update', 'to', { title: Operator.stringConcat('!'), balance: 31 }),
          one('upsert', 'new', { title: 'new' }),
          one('increment', 'new', { [say.say('column')]: 'balance', value: 2 }),
          one('delete', 'from'),
          { action: 'bulkCreate', ...where, data: [{ $id: 'a', title: 'x' }, { $id: 'b', title: 'x' }] },
          { action: 'bulkUpdate', ...where,
            data: { queries: [Query.equal('title', 'x')], data: { title: 'y' } } },
          { action: 'bulkDelete', ...where, data: { queries: [Query.equal('$id', 'b')] } },
        ],
      });
      holds(staged, { $id: transactionId, status: 'pending', operations: 8 });
      const bad = say.call('createOperations', {
        transactionId,
        operations: [one('create', 'fine', {}), one('create', 'a', {})],
      });
      await refused(bad, 409, say.error('row_already_exists'));
      holds(await say.call('getTransaction', { transactionId }), { operations: 8 });
      await say.call('updateTransaction', { transactionId, commit: true });
      holds(await say.call('getRow', { ...place, rowId: 'new' }), { title: 'new', balance: 2 });
      holds(await say.call('getRow', { ...place, rowId: 'a' }), { title: 'y' });
      for (const rowId of ['from', 'b', 'fine']) {
        const gone = say.call('getRow', { ...place, rowId });
        await refused(gone, 404, say.error('row_not_found'));
      }
    });

    test('conflicts with what others change meanwhile', async () => {
      const transactionId = (await say.call('createTransaction', {})).$id;
      const row = { ...place, rowId: 'to' };
      await say.call('updateRow', { ...row, data: { balance: 500 }, transactionId });
      await say.call('createRow', { ...place, rowId: 'never', data: {}, transactionId });
      await say.call('updateRow', { ...row, data: { balance: 7 } });
      const commit = say.call('updateTransaction', { transactionId, commit: true });
      await refused(commit, 409, 'transaction_conflict');
      holds(await say.call('getTransaction', { transactionId }), { status: 'failed' });
      holds(await say.call('getRow', row), { balance: 7 });
      const never = say.call('getRow', { ...place, rowId: 'never' });
      await refused(never, 404, say.error('row_not_found'));
    });

    test('is rolled back, listed and forgotten', async () => {
      const transactionId = (await say.call('createTransaction', {})).$id;
      await say.call('deleteRow', { ...place, rowId: 'to', transactionId });
      const ended = await say.call('updateTransaction', { transactionId, rollback: true });
      holds(ended, { status: 'rolled_back' });
      await say.call('getRow', { ...place, rowId: 'to' });
      const queries = [Query.equal('status', 'rolled_back')];
      const found = await say.call('listTransactions', { queries });
      assert.ok(found.transactions.some((one) => one.$id === transactionId));
      await say.call('deleteTransaction', { transactionId });
      await refused(say.call('getTransaction', { transactionId }), 404, 'transaction_not_found');
      const late = say.call('createRow', { ...place, rowId: 'x', data: {}, transactionId });
      await refused(late, 404, 'transaction_not_found');
    });
  });
}

describe('transactions of users', () => {
  const place = { databaseId: 'default', tableId: 'shared' };
  const open = [];
  let hers;
  let his;

  before(async () => {
    const permissions = [Permission.create(Role.users())];
    await table(vocabulary('tablesDB', tenant.key()), place, { rowSecurity: true, permissions });
    [hers, his] = [new TablesDB(ada.client), new TablesDB(ben.client)];
  });

  after(() => Promise.all(open.map((one) => one.close())));

  test('belong to who began them, and hold no more rights', async () => {
    const transactionId = (await hers.createTransaction()).$id;
    await hers.createRow({ ...place, rowId: 'mine', data: {}, transactionId });
    await refused(his.getTransaction({ transactionId }), 404, 'transaction_not_found');
    await refused(his.listRows({ ...place, transactionId }), 404, 'transaction_not_found');
    const commit = his.updateTransaction({ transactionId, commit: true });
    await refused(commit, 404, 'transaction_not_found');
    assert.equal((await his.listTransactions()).total, 0);
    assert.equal((await hers.listTransactions()).total, 1);
    await hers.updateTransaction({ transactionId, commit: true });
    const other = (await his.createTransaction()).$id;
    const row = { ...place, rowId: 'mine', transactionId: other };
    await refused(his.updateRow({ ...row, data: { balance: 1 } }), 404, 'row_not_found');
    await refused(his.deleteRow(row), 404, 'row_not_found');
    const guest = new Databases(tenant.guest());
    await refused(guest.createTransaction(), 401, 'user_unauthorized');
  });

  test('are heard of when they are committed', async () => {
    const channel = 'tablesdb.default.tables.shared.rows';
    const headers = { 'x-appwrite-session': ben.session.secret };
    const channels = [['channels[]', channel]];
    const ws = await Socket.open(tenant.endpoint, tenant.projectId, channels, headers);
    open.push(ws);
    await ws.next('connected');
    const transactionId = (await hers.createTransaction()).$id;
    const permissions = [Permission.read(Role.users()), Permission.update(Role.user(ada.userId))];
    const row = { ...place, rowId: 'heard' };
    await hers.createRow({ ...row, data: { title: 'one' }, permissions, transactionId });
    await hers.updateRow({ ...row, data: { title: 'two' }, transactionId });
    await hers.updateTransaction({ transactionId, commit: true });
    holds((await ws.event('heard', 'create')).payload, { title: 'one' });
    holds((await ws.event('heard', 'update')).payload, { title: 'two' });
    holds(await new TablesDB(ben.client).getRow(row), { title: 'two' });
  });
});

describe('the server behind a database', () => {
  test('says how it is, and that it cannot be ordered about', async () => {
    const tables = new TablesDB(tenant.key());
    const databaseId = 'default';
    const status = await tables.getStatus({ databaseId });
    holds(status, { engine: 'postgresql', ready: true });
    assert.ok(status.connections.max > 0);
    holds(await tables.getReplicas({ databaseId }), { replicas: 0 });
    holds(await tables.listSpecifications(), { total: 0, specifications: [] });
    await refused(tables.createFailover({ databaseId }), 400, 'general_feature_unsupported');
    const nowhere = tables.getStatus({ databaseId: 'nowhere' });
    await refused(nowhere, 404, 'database_not_found');
  });
});
