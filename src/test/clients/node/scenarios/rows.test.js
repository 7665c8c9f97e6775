// Rows: made, read, changed, deleted, one and many, under permissions; in both vocabularies.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ID, Permission, Query, Role, Users } from 'node-appwrite';
import { EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
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
  await say.call('createTable', { ...place, name: 'Rows', ...more });
  const column = { ...place, required: false };
  await say.call('createVarcharColumn', { ...column, key: 'title', size: 100 });
  await say.call('createIntegerColumn', { ...column, key: 'likes', min: 0, max: 100, xdefault: 0 });
  await say.call('createVarcharColumn', { ...column, key: 'tags', size: 20, array: true });
}

for (const name of NAMES) {
  describe(`${name}: one row by a key`, () => {
    const place = { databaseId: 'default', tableId: `rows-${name}` };
    const row = { ...place, rowId: 'first' };
    let say;

    before(async () => {
      say = vocabulary(name, tenant.key());
      await table(say, place, { rowSecurity: true });
    });

    test('made and read', async () => {
      const data = { title: 'One', tags: ['a', 'b'] };
      const made = await say.call('createRow', { ...row, data });
      holds(made, { $id: 'first', $databaseId: 'default', likes: 0, $permissions: [], ...data });
      assert.equal(say.of(made, '$tableId'), place.tableId);
      assert.match(made.$createdAt, TIME);
      assert.equal(made.$createdAt, made.$updatedAt);
      assert.match(String(made.$sequence), /^\d+$/);
      same(await say.call('getRow', row), made);
      const queries = [Query.select(['title'])];
      const part = await say.call('getRow', { ...row, queries });
      assert.equal(part.title, 'One');
      assert.equal('likes' in part, false);
      await refused(say.call('createRow', { ...row, data }), 409, say.error('row_already_exists'));
      const unknown = { ...place, rowId: 'nobody' };
      await refused(say.call('getRow', unknown), 404, say.error('row_not_found'));
    });

    test('changed in part, and its permissions', async () => {
      const changed = await say.call('updateRow', { ...row, data: { likes: 5 } });
      holds(changed, { title: 'One', likes: 5, tags: ['a', 'b'] });
      assert.ok(changed.$updatedAt > changed.$createdAt);
      const permissions = [Permission.read(Role.users())];
      holds(await say.call('updateRow', { ...row, permissions }), {
        likes: 5,
        $permissions: permissions,
      });
      holds(await say.call('updateRow', { ...row, data: { title: null } }), { title: null });
      const bad = say.call('updateRow', { ...row, data: { likes: 'many' } });
      await refused(bad, 400, say.error('row_invalid_structure'));
      const unknown = say.call('updateRow', { ...place, rowId: 'nobody', data: { likes: 1 } });
      await refused(unknown, 404, say.error('row_not_found'));
    });

    test('written whether it was there or not', async () => {
      const fresh = { ...place, rowId: 'second' };
      holds(await say.call('upsertRow', { ...fresh, data: { title: 'New' } }), { title: 'New' });
      const data = { title: 'Newer', likes: 2 };
      const again = await say.call('upsertRow', { ...fresh, data });
      holds(again, { $id: 'second', ...data });
      assert.equal((await say.call('listRows', place)).total, 2);
    });

    test('deleted', async () => {
      same(await say.call('deleteRow', row), EMPTY);
      await refused(say.call('getRow', row), 404, say.error('row_not_found'));
      await refused(say.call('deleteRow', row), 404, say.error('row_not_found'));
    });
  });

  describe(`${name}: many rows`, () => {
    const place = { databaseId: 'default', tableId: `bulk-${name}` };
    let say;

    before(async () => {
      say = vocabulary(name, tenant.key());
      await table(say, place);
    });

    test('made in one call, or none of them', async () => {
      const rows = [1, 2, 3].map((n) => ({ $id: `r${n}`, title: `T${n}`, likes: n }));
      const made = await say.call('createRows', { ...place, rows });
      assert.equal(made.total, 3);
      same(say.of(made, 'rows').map((row) => row.likes), [1, 2, 3]);
      const half = [{ $id: 'r4', title: 'T4' }, { $id: 'r1', title: 'again' }];
      const clash = say.call('createRows', { ...place, rows: half });
      await refused(clash, 409, say.error('row_already_exists'));
      const unknown = say.call('getRow', { ...place, rowId: 'r4' });
      await refused(unknown, 404, say.error('row_not_found'));
      const many = Array.from({ length: 101 }, () => ({ $id: ID.unique(), title: 'x' }));
      const error = await say.call('createRows', { ...place, rows: many }).catch((e) => e);
      assert.equal(error.code, 400, error.type);
    });

    test('written whether they were there or not', async () => {
      const rows = [{ $id: 'r3', likes: 30 }, { $id: 'r5', title: 'T5', likes: 5 }];
      const written = await say.call('upsertRows', { ...place, rows });
      assert.equal(say.of(written, 'rows').length, 2);
      assert.equal((await say.call('listRows', place)).total, 4);
      holds(await say.call('getRow', { ...place, rowId: 'r3' }), { likes: 30 });
    });

    test('changed where a query says so', async () => {
      const queries = [Query.lessThan('likes', 10)];
      const changed = await say.call('updateRows', { ...place, data: { title: 'low' }, queries });
      assert.equal(changed.total, 3);
      const low = await say.call('listRows', { ...place, queries: [Query.equal('title', 'low')] });
      assert.equal(low.total, 3);
    });

    test('deleted where a query says so', async () => {
      const queries = [Query.equal('title', 'low')];
      const gone = await say.call('deleteRows', { ...place, queries });
      assert.equal(gone.total, 3);
      const left = await say.call('listRows', place);
      same(say.of(left, 'rows').map((row) => row.$id), ['r3']);
      assert.equal((await say.call('deleteRows', place)).total, 1);
      assert.equal((await say.call('listRows', place)).total, 0);
    });
  });

  describe(`${name}: permissions`, () => {
    const place = { databaseId: 'default', tableId: `guarded-${name}` };
    let key;
    let [byAda, byBen, byGuest] = [];

    before(async () => {
      key = vocabulary(name, tenant.key());
      byAda = vocabulary(name, ada.client);
      byBen = vocabulary(name, ben.client);
      byGuest = vocabulary(name, tenant.guest());
      const permissions = [Permission.create(Role.users())];
      await table(key, place, { rowSecurity: true, permissions });
    });

    const make = (say, permissions) =>
      say.call('createRow', { ...place, rowId: ID.unique(), data: { title: 'x' }, permissions });
    const seen = async (say) => (await say.call('listRows', place)).total;

    test('a new row is its author\'s own', async () => {
      const made = await make(byAda);
      const mine = Role.user(ada.userId);
      same(made.$permissions.toSorted(), [
        Permission.delete(mine), Permission.read(mine), Permission.update(mine),
      ].sort());
      same([await seen(byAda), await seen(byBen), await seen(byGuest)], [1, 0, 0]);
      const row = { ...place, rowId: made.$id };
      await refused(byBen.call('getRow', row), 404, key.error('row_not_found'));
      const change = byBen.call('updateRow', { ...row, data: { title: 'y' } });
      const error = await change.catch((refusal) => refusal);
      assert.ok([401, 404].includes(error.code), error.type);
    });

    test('nobody may grant a role that they do not hold', async () => {
      const granted = make(byAda, [Permission.read(Role.user(ben.userId))]);
      await refused(granted, 401, 'user_unauthorized');
      await refused(make(byAda, [Permission.read(Role.team('t'))]), 401, 'user_unauthorized');
      holds(await make(byAda, [Permission.read(Role.any())]), { title: 'x' });
      holds(await make(key, [Permission.read(Role.user(ben.userId))]), { title: 'x' });
      same([await seen(byAda), await seen(byBen), await seen(byGuest)], [2, 2, 1]);
    });

    test('a guest may not create, a key may do everything', async () => {
      await refused(make(byGuest), 401, 'user_unauthorized');
      assert.equal(await seen(key), 3);
    });

    test('who reads may not change or delete', async () => {
      const { $id: rowId } = await make(key, [Permission.read(Role.any())]);
      const row = { ...place, rowId };
      for (const say of [byBen, byGuest]) {
        holds(await say.call('getRow', row), { title: 'x' });
        const change = say.call('updateRow', { ...row, data: { title: 'y' } });
        await refused(change, 401, 'user_unauthorized');
        await refused(say.call('deleteRow', row), 401, 'user_unauthorized');
      }
    });

    test('the table grants for all rows, a row only with row security', async () => {
      const permissions = [Permission.read(Role.guests())];
      await key.call('updateTable', { ...place, name: 'Rows', permissions, rowSecurity: false });
      assert.equal(await seen(byGuest), await seen(key));
      await refused(byAda.call('listRows', place), 401, 'user_unauthorized');
      await key.call('updateTable', { ...place, name: 'Rows', permissions, rowSecurity: true });
      assert.ok((await seen(byAda)) < (await seen(key)));
    });

    test('labels are roles', async () => {
      const { $id: rowId } = await make(key, [Permission.read(Role.label('staff'))]);
      const row = { ...place, rowId };
      await refused(byBen.call('getRow', row), 404, key.error('row_not_found'));
      await new Users(tenant.key()).updateLabels({ userId: ben.userId, labels: ['staff'] });
      holds(await byBen.call('getRow', row), { title: 'x' });
      await new Users(tenant.key()).updateLabels({ userId: ben.userId, labels: [] });
      await refused(byBen.call('getRow', row), 404, key.error('row_not_found'));
    });
  });
}
