// Operators, counters and versions of rows, as the SDK's own builders write them.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Client, Condition, ID, Operator, Query } from 'node-appwrite';
import { holds, refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

/** A client that expects this version of whatever it changes. */
function matching(version) {
  const client = tenant.key();
  client.addHeader('If-Match', String(version));
  return client;
}

for (const name of NAMES) {
  describe(`${name}: operators`, () => {
    const place = { databaseId: 'default', tableId: `operators-${name}` };
    let say;

    before(async () => {
      say = vocabulary(name, tenant.key());
      await say.call('createTable', { ...place, name: 'Operators' });
      const column = { ...place, required: false };
      await say.call('createIntegerColumn', { ...column, key: 'likes', min: 0, xdefault: 0 });
      await say.call('createFloatColumn', { ...column, key: 'price' });
      await say.call('createBooleanColumn', { ...column, key: 'open' });
      await say.call('createDatetimeColumn', { ...column, key: 'due' });
      await say.call('createVarcharColumn', { ...column, key: 'title', size: 100 });
      await say.call('createVarcharColumn', { ...column, key: 'tags', size: 20, array: true });
    });

    async function made(data) {
      const row = { ...place, rowId: ID.unique() };
      await say.call('createRow', { ...row, data });
      return row;
    }

    /** What `key` holds after an operator, which the answer and the stored row agree on. */
    async function after(key, value, operator) {
      const row = await made({ [key]: value });
      const changed = await say.call('updateRow', { ...row, data: { [key]: operator } });
      same(await say.call('getRow', row), changed);
      return structuredClone(changed[key]);
    }

    test('on numbers', async () => {
      assert.equal(await after('likes', 5, Operator.increment(3)), 8);
      assert.equal(await after('likes', 5, Operator.decrement(3, 1)), 2);
      assert.equal(await after('likes', 5, Operator.multiply(3, 15)), 15);
      assert.equal(await after('likes', 7, Operator.divide(2)), 3);
      assert.equal(await after('likes', 7, Operator.modulo(4)), 3);
      assert.equal(await after('likes', 7, Operator.power(2, 100)), 49);
      assert.equal(await after('price', 1.5, Operator.multiply(2)), 3);
      assert.equal(await after('price', 10, Operator.divide(4)), 2.5);
    });

    test('on everything else', async () => {
      assert.equal(await after('open', false, Operator.toggle()), true);
      const day = '2026-02-28T12:00:00.000+00:00';
      assert.equal(await after('due', day, Operator.dateAddDays(1)), '2026-03-01T12:00:00.000+00:00');
      assert.equal(await after('due', day, Operator.dateSubDays(28)), '2026-01-31T12:00:00.000+00:00');
      const now = Date.parse(await after('due', day, Operator.dateSetNow()));
      assert.ok(Math.abs(now - Date.now()) < 60_000);
      assert.equal(await after('title', 'One', Operator.stringConcat(' two')), 'One two');
      assert.equal(await after('title', 'a-b-c', Operator.stringReplace('-', '+')), 'a+b+c');
    });

    test('on lists', async () => {
      const list = (operator, tags = ['a', 'b', 'c']) => after('tags', tags, operator);
      same(await list(Operator.arrayAppend(['d'])), ['a', 'b', 'c', 'd']);
      same(await list(Operator.arrayPrepend(['x', 'y'])), ['x', 'y', 'a', 'b', 'c']);
      same(await list(Operator.arrayInsert(1, 'x')), ['a', 'x', 'b', 'c']);
      same(await list(Operator.arrayRemove('b')), ['a', 'c']);
      same(await list(Operator.arrayUnique(), ['b', 'a', 'b']), ['b', 'a']);
      same(await list(Operator.arrayIntersect(['c', 'a'])), ['a', 'c']);
      same(await list(Operator.arrayDiff(['c', 'a'])), ['b']);
      same(await list(Operator.arrayFilter(Condition.NotEqual, 'b')), ['a', 'c']);
      same(await list(Operator.arrayFilter(Condition.IsNotNull)), ['a', 'b', 'c']);
    });

    test('refused beyond bounds, and where they do not fit', async () => {
      const row = await made({ likes: 5, title: 'One', tags: ['a'] });
      const change = (data) => say.call('updateRow', { ...row, data });
      const beyond = say.error('column_limit_exceeded');
      const invalid = say.error('row_invalid_structure');
      await refused(change({ likes: Operator.increment(6, 10) }), 400, beyond);
      await refused(change({ likes: Operator.decrement(6) }), 400, beyond);
      await refused(change({ likes: Operator.multiply(2 ** 62) }), 400, beyond);
      await refused(change({ likes: Operator.toggle() }), 400, invalid);
      await refused(change({ tags: Operator.increment(1) }), 400, invalid);
      await refused(change({ tags: Operator.arrayAppend(['x'.repeat(21)]) }), 400, invalid);
      const text = Operator.increment(1);
      holds(await change({ title: text }), { title: text, likes: 5, tags: ['a'] });
    });

    test('in upserts and in changes of many', async () => {
      const rowId = ID.unique();
      const data = { likes: Operator.increment(2), title: name };
      const first = await say.call('upsertRow', { ...place, rowId, data });
      holds(first, { likes: 2, $version: 1 });
      holds(await say.call('upsertRow', { ...place, rowId, data }), { likes: 4, $version: 2 });
      const rows = [rowId, ID.unique()].map(($id) => ({ $id, ...data }));
      const upserted = await say.call('upsertRows', { ...place, rows });
      same(say.of(upserted, 'rows').map((row) => row.likes), [6, 2]);
      const queries = [Query.equal('title', name)];
      const many = { ...place, data: { likes: Operator.multiply(10) }, queries };
      const updated = await say.call('updateRows', many);
      same(say.of(updated, 'rows').map((row) => row.likes).sort(), [20, 60]);
    });

    test('counted by many at once', async () => {
      const row = await made({ likes: 0 });
      const column = { ...row, column: 'likes' };
      const counts = Array.from({ length: 30 }, () => say.call('incrementRowColumn', column));
      const seen = (await Promise.all(counts)).map((counted) => counted.likes);
      same(seen.sort((a, b) => a - b), Array.from({ length: 30 }, (_, i) => i + 1));
      const down = { ...column, value: 10, min: 20 };
      holds(await say.call('decrementRowColumn', down), { likes: 20 });
      const beyond = say.error('column_limit_exceeded');
      await refused(say.call('decrementRowColumn', down), 400, beyond);
      await refused(say.call('incrementRowColumn', { ...column, max: 20 }), 400, beyond);
      const text = { ...row, column: 'title' };
      await refused(say.call('incrementRowColumn', text), 400, say.error('column_type_invalid'));
    });

    test('only the version that was read is changed', async () => {
      const row = await made({ likes: 1 });
      const read = await say.call('getRow', row);
      assert.equal(read.$version, 1);
      const mine = vocabulary(name, matching(read.$version));
      const theirs = vocabulary(name, matching(read.$version));
      holds(await mine.call('updateRow', { ...row, data: { likes: 2 } }), { $version: 2 });
      const moved = say.error('row_update_conflict');
      const change = { ...row, data: { likes: 3 } };
      await refused(theirs.call('updateRow', change), 412, moved);
      await refused(theirs.call('upsertRow', change), 412, moved);
      await refused(theirs.call('deleteRow', row), 412, moved);
      holds(await say.call('getRow', row), { likes: 2, $version: 2 });
      const path = `/databases/default/collections/${place.tableId}/documents/${row.rowId}`;
      const answer = await fetch(tenant.endpoint + path, {
        headers: { 'x-appwrite-project': tenant.projectId, 'x-appwrite-key': tenant.secret },
      });
      const now = vocabulary(name, matching(answer.headers.get('etag')));
      await now.call('deleteRow', row);
      await refused(say.call('getRow', row), 404, say.error('row_not_found'));
    });
  });
}
