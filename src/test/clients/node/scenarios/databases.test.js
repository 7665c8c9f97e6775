// Databases and tables, in both vocabularies.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Permission, Query, Role } from 'node-appwrite';
import { EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

for (const name of NAMES) {
  describe(name, () => {
    let say;
    const databaseId = `shop-${name}`;
    const place = { databaseId, tableId: 'orders' };

    before(() => {
      say = vocabulary(name, tenant.key());
    });

    test('a database is made, read, renamed, listed', async () => {
      const made = await say.call('create', { databaseId, name: 'Shop' });
      holds(made, { $id: databaseId, name: 'Shop', enabled: true });
      assert.match(made.$createdAt, TIME);
      same(await say.call('get', { databaseId }), made);
      const renamed = await say.call('update', { databaseId, name: 'Store', enabled: false });
      holds(renamed, { name: 'Store', enabled: false, $createdAt: made.$createdAt });
      await say.call('update', { databaseId, name: 'Store', enabled: true });
      const all = await say.call('list', {});
      assert.ok(all.total >= 2 && all.databases.length === all.total);
      const queries = [Query.equal('name', 'Store'), Query.equal('$id', databaseId)];
      const found = await say.call('list', { queries });
      same(found.databases.map((database) => database.$id), [databaseId]);
      assert.equal((await say.call('list', { search: 'Store', queries })).total, 1);
      const page = await say.call('list', { queries: [Query.limit(1)], total: false });
      same([page.total, page.databases.length], [0, 1]);
    });

    test('an id is taken once, and unknown ones are said to be', async () => {
      const twice = say.call('create', { databaseId, name: 'Again' });
      await refused(twice, 409, 'database_already_exists');
      const unknown = { databaseId: 'nowhere' };
      await refused(say.call('get', unknown), 404, 'database_not_found');
      await refused(say.call('update', { ...unknown, name: 'x' }), 404, 'database_not_found');
      await refused(say.call('delete', unknown), 404, 'database_not_found');
      await refused(say.call('listTables', unknown), 404, 'database_not_found');
      const bad = say.call('create', { databaseId: '-bad', name: 'Bad' });
      await refused(bad, 400, 'general_argument_invalid');
      const long = say.call('create', { databaseId: 'a'.repeat(37), name: 'Bad' });
      await refused(long, 400, 'general_argument_invalid');
      const empty = say.call('create', { databaseId: 'fine', name: '' });
      await refused(empty, 400, 'general_argument_invalid');
    });

    test('a table is made, read, changed, listed', async () => {
      const permissions = [Permission.read(Role.any()), Permission.create(Role.users())];
      const made = await say.call('createTable', { ...place, name: 'Orders', permissions });
      holds(made, { $id: 'orders', databaseId, name: 'Orders', enabled: true, indexes: [] });
      assert.equal(say.of(made, 'rowSecurity'), false);
      same(say.of(made, 'columns'), []);
      same(made.$permissions, permissions);
      holds(await say.call('getTable', place), { $id: 'orders', name: 'Orders' });
      const changed = await say.call('updateTable', {
        ...place,
        name: 'Purchases',
        permissions: [Permission.read(Role.users())],
        rowSecurity: true,
        enabled: true,
      });
      holds(changed, { name: 'Purchases', $permissions: [Permission.read(Role.users())] });
      assert.equal(say.of(changed, 'rowSecurity'), true);
      const all = await say.call('listTables', { databaseId });
      assert.equal(all.total, 1);
      assert.equal(say.of(all, 'tables')[0].name, 'Purchases');
      const other = [Query.equal('name', 'x')];
      const none = await say.call('listTables', { databaseId, queries: other });
      same([none.total, say.of(none, 'tables')], [0, []]);
      assert.equal((await say.call('listTables', { databaseId, search: 'Purch' })).total, 1);
      assert.equal((await say.call('listTables', { databaseId, total: false })).total, 0);
    });

    test('what is made in one vocabulary is seen in the other', async () => {
      const other = vocabulary(NAMES.find((one) => one !== name), tenant.key());
      holds(await other.call('getTable', place), { $id: 'orders', name: 'Purchases' });
    });

    test('a table with its columns and indexes in one call', async () => {
      const made = await say.call('createTable', {
        databaseId,
        tableId: 'whole',
        name: 'Whole',
        columns: [
          { key: 'title', type: 'varchar', size: 40, required: true },
          { key: 'pages', type: 'integer', required: false, min: 1, default: 1 },
          { key: 'state', type: 'enum', elements: ['new', 'old'], required: false },
        ],
        indexes: [{ key: 'by_title', type: 'unique', [say.say('columns')]: ['title'] }],
      });
      const keys = say.of(made, 'columns').map((column) => column.key);
      same(keys, ['title', 'pages', 'state']);
      same(made.indexes.map((index) => index.key), ['by_title']);
      const row = { databaseId, tableId: 'whole', rowId: 'one', data: { title: 'A' } };
      holds(await say.call('createRow', row), { title: 'A', pages: 1, state: null });
    });

    test('table ids are taken once, and unknown ones are said to be', async () => {
      const twice = say.call('createTable', { ...place, name: 'Again' });
      await refused(twice, 409, say.error('table_already_exists'));
      const unknown = { databaseId, tableId: 'nowhere' };
      const type = say.error('table_not_found');
      await refused(say.call('getTable', unknown), 404, type);
      await refused(say.call('updateTable', { ...unknown, name: 'x' }), 404, type);
      await refused(say.call('deleteTable', unknown), 404, type);
      await refused(say.call('listRows', unknown), 404, type);
      const bad = say.call('updateTable', { ...place, name: 'x', permissions: ['read(any)'] });
      await refused(bad, 400, 'general_argument_invalid');
    });

    test('a table that is switched off is there for keys only', async () => {
      await say.call('updateTable', {
        ...place,
        name: 'Purchases',
        permissions: [Permission.read(Role.any())],
        enabled: false,
      });
      const guest = vocabulary(name, tenant.guest());
      await refused(guest.call('listRows', place), 404, say.error('table_not_found'));
      assert.equal((await say.call('listRows', place)).total, 0);
      await say.call('updateTable', { ...place, name: 'Purchases', enabled: true });
      assert.equal((await guest.call('listRows', place)).total, 0);
    });

    test('guests, users and keys without the scope may not build', async () => {
      const guest = vocabulary(name, tenant.guest());
      const user = vocabulary(name, (await tenant.user()).client);
      const few = vocabulary(name, await tenant.keyWith('users.read'));
      for (const caller of [guest, user, few]) {
        await refused(caller.call('list', {}), 401, 'general_unauthorized_scope');
        const table = { databaseId, tableId: 'no', name: 'No' };
        await refused(caller.call('createTable', table), 401, 'general_unauthorized_scope');
      }
    });

    test('a table and a database are deleted with what is in them', async () => {
      same(await say.call('deleteTable', place), EMPTY);
      await refused(say.call('getTable', place), 404, say.error('table_not_found'));
      same(await say.call('delete', { databaseId }), EMPTY);
      await refused(say.call('get', { databaseId }), 404, 'database_not_found');
      const gone = say.call('listRows', { databaseId, tableId: 'whole' });
      await refused(gone, 404, 'database_not_found');
    });
  });
}
