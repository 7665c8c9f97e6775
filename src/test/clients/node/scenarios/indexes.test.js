// Indexes, key and unique, in both vocabularies.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Query } from 'node-appwrite';
import { EMPTY, holds, refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

for (const name of NAMES) {
  describe(name, () => {
    const place = { databaseId: 'default', tableId: `indexed-${name}` };
    let say;

    const index = (key, type, columns, rest = {}) =>
      say.call('createIndex', { ...place, key, type, columns, ...rest });
    const write = (rowId, data) => say.call('createRow', { ...place, rowId, data });

    before(async () => {
      say = vocabulary(name, tenant.key());
      await say.call('createTable', { ...place, name: 'Indexed' });
      const column = { ...place, required: false };
      await say.call('createVarcharColumn', { ...column, key: 'email', size: 100 });
      await say.call('createIntegerColumn', { ...column, key: 'age' });
    });

    test('a key index on two columns', async () => {
      const made = await index('by_age', 'key', ['age', 'email'], { orders: ['DESC', 'ASC'] });
      holds(made, { key: 'by_age', type: 'key', status: 'available', error: '' });
      same(say.of(made, 'columns'), ['age', 'email']);
      same(made.orders.map((order) => order.toUpperCase()), ['DESC', 'ASC']);
      holds(await say.call('getIndex', { ...place, key: 'by_age' }), { key: 'by_age' });
    });

    test('a unique index refuses the second', async () => {
      await index('one_email', 'unique', ['email']);
      await write('a', { email: 'a@example.org' });
      const type = say.error('row_unique_constraint_violation');
      const second = write('b', { email: 'a@example.org' });
      const error = await second.then(() => assert.fail('it took both'), (refusal) => refusal);
      assert.equal(error.code, 409);
      assert.ok([type, say.error('row_already_exists')].includes(error.type), error.type);
      await write('b', { email: 'b@example.org' });
      const data = { email: 'a@example.org' };
      const change = say.call('updateRow', { ...place, rowId: 'b', data });
      assert.equal((await change.catch((refusal) => refusal)).code, 409);
      await write('c', { email: null });
      await write('d', { email: null });
    });

    test('indexes are listed and stand in their table', async () => {
      const all = await say.call('listIndexes', place);
      assert.equal(all.total, 2);
      same(all.indexes.map((one) => one.key).sort(), ['by_age', 'one_email']);
      const queries = [Query.equal('type', 'unique')];
      const found = await say.call('listIndexes', { ...place, queries });
      same(found.indexes.map((one) => one.key), ['one_email']);
      const table = await say.call('getTable', place);
      assert.equal(table.indexes.length, 2);
    });

    test('what cannot be an index is refused', async () => {
      await refused(index('by_age', 'key', ['age']), 409, say.error('column_index_already_exists'));
      const unknown = await index('x', 'key', ['nobody']).catch((refusal) => refusal);
      assert.ok([400, 404].includes(unknown.code), unknown.type);
      await refused(index('x', 'best', ['age']), 400, 'general_argument_invalid');
      const none = await index('x', 'key', []).catch((refusal) => refusal);
      assert.equal(none.code, 400);
      const missing = say.call('getIndex', { ...place, key: 'x' });
      await refused(missing, 404, say.error('column_index_not_found'));
      // A unique index over rows that are not is refused and leaves nothing behind.
      await write('e', { age: 5 });
      await write('f', { age: 5 });
      const clash = await index('one_age', 'unique', ['age']).catch((refusal) => refusal);
      assert.ok([400, 409].includes(clash.code), `${clash.code} ${clash.type}`);
      assert.equal((await say.call('listIndexes', place)).total, 2);
    });

    test('a deleted unique index no longer refuses', async () => {
      same(await say.call('deleteIndex', { ...place, key: 'one_email' }), EMPTY);
      await write('g', { email: 'a@example.org' });
      assert.equal((await say.call('listIndexes', place)).total, 1);
    });
  });
}
