// Relationships of every kind: made, linked by id and through a parent, loaded, sought, ended.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Permission, Query, Role, TablesDB } from 'node-appwrite';
import { holds, refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

const ids = (value) => [value ?? []].flat().map((row) => row.$id);

for (const name of NAMES) {
  describe(`${name}: relationships`, () => {
    const databaseId = 'default';
    let say;

    before(() => {
      say = vocabulary(name, tenant.key());
    });

    async function table(tableId, permissions = []) {
      const place = { databaseId, tableId: `${tableId}-${name}` };
      await say.call('createTable', { ...place, name: tableId, permissions, rowSecurity: true });
      await say.call('createVarcharColumn', { ...place, key: 'name', size: 50, required: false });
      return place;
    }

    function relate(place, other, type, rest = {}) {
      return say.call('createRelationshipColumn', {
        ...place,
        relatedTableId: other.tableId,
        type,
        twoWay: true,
        key: 'there',
        twoWayKey: 'here',
        onDelete: 'cascade',
        ...rest,
      });
    }

    const create = (place, rowId, data, permissions) =>
      say.call('createRow', { ...place, rowId, data, permissions });
    const update = (place, rowId, data) => say.call('updateRow', { ...place, rowId, data });
    const get = (place, rowId, ...select) =>
      say.call('getRow', { ...place, rowId, queries: select.length ? [Query.select(select)] : [] });
    const list = async (place, ...queries) =>
      say.of(await say.call('listRows', { ...place, queries }), 'rows');
    const linked = async (place, rowId, key) => ids((await get(place, rowId, `${key}.$id`))[key]);

    for (const type of ['oneToOne', 'oneToMany', 'manyToOne', 'manyToMany']) {
      const many = { there: type.endsWith('Many'), here: type.startsWith('many') };
      const value = (key, ...items) => ({ [key]: many[key] ? items : items[0] });

      test(`${type}: from making to deleting`, async () => {
        const a = await table(`a-${type}`);
        const b = await table(`b-${type}`);
        const made = await relate(a, b, type);
        holds(made, { key: 'there', type: 'relationship', status: 'available', side: 'parent',
          relationType: type, twoWay: true, twoWayKey: 'here', onDelete: 'cascade' });
        assert.equal(say.of(made, 'relatedTable'), b.tableId);
        holds(await say.call('getColumn', { ...b, key: 'here' }), { side: 'child', twoWayKey: 'there' });

        for (const [place, other, key, back] of [[a, b, 'there', 'here'], [b, a, 'here', 'there']]) {
          const id = (word) => `${word}-${key}`;
          await create(other, id('x'), { name: 'ex' });
          const nested = { $id: id('n'), name: 'nested' };
          const first = await create(place, id('one'), { name: 'one', ...value(key, id('x')) });
          same(ids(first[key]), [id('x')]);
          const second = await create(place, id('two'), value(key, nested));
          same(ids(second[key]), [id('n')]);
          same(await linked(other, id('n'), back), [id('two')]);
          assert.equal((await get(other, id('n'))).name, 'nested');
          assert.equal(key in (await get(place, id('one'))), false, 'not loaded unless selected');

          await update(place, id('two'), value(key, { $id: id('n'), name: 'changed' }));
          const whole = await get(place, id('two'), '*', `${key}.name`);
          same([whole[key]].flat()[0].name, 'changed');
          same(ids(await list(place, Query.equal(`${key}.name`, 'changed'))), [id('two')]);
          same(ids(await list(place, Query.equal(key, id('x')))), [id('one')]);

          await update(place, id('two'), { [key]: many[key] ? [] : null });
          same(await linked(other, id('n'), back), []);
          assert.ok(ids(await list(place, Query.isNull(key))).includes(id('two')));
        }

        const renamed = await say.call('updateRelationshipColumn',
          { ...a, key: 'there', newKey: 'others', onDelete: 'restrict' });
        holds(renamed, { key: 'others', onDelete: 'restrict' });
        const one = type === 'manyToOne' ? [b, 'x-there'] : [a, 'one-there'];
        const gone = (rowId) => say.call('deleteRow', { ...one[0], rowId });
        await refused(gone(one[1]), 403, say.error('row_delete_restricted'));
        await say.call('updateRelationshipColumn', { ...a, key: 'others', onDelete: 'cascade' });
        await gone(one[1]);
        const left = type === 'manyToOne' ? [a, 'one-there'] : [b, 'x-there'];
        await refused(get(...left), 404, say.error('row_not_found'));

        await say.call('deleteColumn', { ...b, key: 'here' });
        await refused(say.call('getColumn', { ...a, key: 'others' }), 404,
          say.error('column_not_found'));
      });
    }

    test('three levels, loaded and put in order', async () => {
      const author = await table('author');
      const book = await table('book');
      const tag = await table('tag');
      await relate(author, book, 'oneToMany', { key: 'books', twoWayKey: 'author' });
      await relate(book, tag, 'manyToMany', { key: 'tags', twoWay: false, onDelete: 'setNull' });
      await create(author, 'ada', { name: 'Ada', books: [
        { $id: 'notes', name: 'Notes', tags: [{ $id: 't1', name: 'old' }] },
        { $id: 'engine', name: 'Engine', tags: ['t1'] },
      ] });
      await create(author, 'bob', { name: 'Bob', books: [{ $id: 'zoo', name: 'Zoo' }] });
      const [ada] = await list(author, Query.select(['name', 'books.*', 'books.tags.name']),
        Query.equal('books.tags.name', 'old'));
      assert.equal(ada.name, 'Ada');
      same(ada.books.map((one) => [one.name, one.tags.map((t) => t.name)]),
        [['Notes', ['old']], ['Engine', ['old']]]);
      same(ids(await list(book, Query.orderDesc('author.name'), Query.orderAsc('name'))),
        ['zoo', 'engine', 'notes']);
      await refused(list(author, Query.select(['books.pages'])), 400, 'general_query_invalid');
    });

    test('what may not be read is not there', async () => {
      const any = [Permission.read(Role.any()), Permission.create(Role.users())];
      const post = await table('post', any);
      const note = await table('note');
      await relate(post, note, 'manyToOne');
      await create(note, 'secret', { name: 'secret' });
      await create(note, 'public', { name: 'public' }, [Permission.read(Role.any())]);
      await create(post, 'p1', { there: 'secret' });
      await create(post, 'p2', { there: 'public' });
      const { client } = await tenant.user();
      const as = vocabulary(name, client);
      const page = async (...queries) =>
        say.of(await as.call('listRows', { ...post, queries }), 'rows');
      same((await page(Query.select(['there.*']))).map((row) => row.there?.$id ?? null),
        [null, 'public']);
      same(ids(await page(Query.startsWith('there.name', 's'))), []);
      same(ids(await page(Query.isNull('there'))), ['p1']);
      const link = (rowId, there) => as.call('createRow', { ...post, rowId, data: { there } });
      await refused(link('p3', 'secret'), 400, 'relationship_value_invalid');
      await refused(link('p3', 'nothing'), 400, 'relationship_value_invalid');
      await refused(link('p3', { name: 'new' }), 401, 'user_unauthorized');
      same(ids((await link('p3', 'public')).there), ['public']);
    });
  });
}

test('both vocabularies speak of one relationship', async () => {
  const tables = new TablesDB(tenant.key());
  const columns = await tables.listColumns({ databaseId: 'default', tableId: 'author-databases' });
  const books = columns.columns.find((column) => column.key === 'books');
  holds(books, { relatedTable: 'book-databases', side: 'parent' });
});
