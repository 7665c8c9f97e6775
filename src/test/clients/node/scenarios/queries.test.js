// Every query in scope, pages and cursors, in both vocabularies.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Query } from 'node-appwrite';
import { refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

const FRUIT = [
  { $id: 'apple', name: 'Apple', price: 3, weight: 0.2, fresh: true, tags: ['red', 'sweet'] },
  { $id: 'banana', name: 'Banana', price: 1, weight: 0.1, fresh: true, tags: ['yellow'] },
  { $id: 'cherry', name: 'Cherry', price: 9, weight: 0.01, fresh: false, tags: ['red'] },
  { $id: 'date', name: 'Date', price: 5, weight: null, fresh: false, tags: [] },
  { $id: 'elder', name: 'Elder_100%', price: 7, weight: 0.5, fresh: null, tags: null },
  { $id: 'fig', name: null, price: 5, weight: 0.05, fresh: true, tags: ['sweet'] },
];
const PAST = '2000-01-01T00:00:00.000+00:00';
const FUTURE = '2100-01-01T00:00:00.000+00:00';
const ALL = FRUIT.map((fruit) => fruit.$id);

/** The ids, in any order, that a query leaves of {@link FRUIT}. */
const FILTERS = [
  ['equal', Query.equal('name', 'Apple'), ['apple']],
  ['equal, one of several', Query.equal('name', ['Apple', 'Date', 'x']), ['apple', 'date']],
  ['equal, a number', Query.equal('price', 5), ['date', 'fig']],
  ['equal, a boolean', Query.equal('fresh', true), ['apple', 'banana', 'fig']],
  ['equal, by id', Query.equal('$id', ['fig', 'date']), ['date', 'fig']],
  ['notEqual', Query.notEqual('price', 5), ['apple', 'banana', 'cherry', 'elder']],
  ['lessThan', Query.lessThan('price', 3), ['banana']],
  ['lessThanEqual', Query.lessThanEqual('price', 3), ['apple', 'banana']],
  ['greaterThan', Query.greaterThan('weight', 0.1), ['apple', 'elder']],
  ['greaterThanEqual', Query.greaterThanEqual('weight', 0.1), ['apple', 'banana', 'elder']],
  ['between', Query.between('price', 3, 5), ['apple', 'date', 'fig']],
  ['notBetween', Query.notBetween('price', 3, 7), ['banana', 'cherry']],
  ['contains, in a list', Query.contains('tags', 'red'), ['apple', 'cherry']],
  ['contains, any of a list', Query.contains('tags', ['yellow', 'sweet']),
    ['apple', 'banana', 'fig']],
  ['contains, in text', Query.contains('name', 'an'), ['banana']],
  ['containsAny', Query.containsAny('tags', ['red', 'yellow']), ['apple', 'banana', 'cherry']],
  ['containsAll', Query.containsAll('tags', ['red', 'sweet']), ['apple']],
  ['startsWith', Query.startsWith('name', 'Ch'), ['cherry']],
  ['endsWith', Query.endsWith('name', 'e'), ['apple', 'date']],
  ['startsWith, nothing stands for anything', Query.startsWith('name', 'E%r'), []],
  ['endsWith, a percent is a percent', Query.endsWith('name', '0%'), ['elder']],
  ['contains, an underscore is one', Query.contains('name', 'r_1'), ['elder']],
  ['isNull', Query.isNull('weight'), ['date']],
  ['isNotNull', Query.isNotNull('name'), ALL.filter((id) => id !== 'fig')],
  ['and', Query.and([Query.equal('price', 5), Query.equal('fresh', true)]), ['fig']],
  ['or', Query.or([Query.equal('name', 'Apple'), Query.isNull('name')]), ['apple', 'fig']],
  ['nested', Query.or([
    Query.and([Query.greaterThan('price', 6), Query.equal('fresh', false)]),
    Query.and([Query.equal('fresh', true), Query.lessThan('price', 2)]),
  ]), ['banana', 'cherry']],
  ['createdAfter', Query.createdAfter(PAST), ALL],
  ['createdBefore', Query.createdBefore(PAST), []],
  ['createdBetween', Query.createdBetween(PAST, FUTURE), ALL],
  ['updatedAfter', Query.updatedAfter(FUTURE), []],
  ['updatedBefore', Query.updatedBefore(FUTURE), ALL],
  ['updatedBetween', Query.updatedBetween(PAST, FUTURE), ALL],
];

const REFUSED = [
  ['an unknown column', [Query.equal('nobody', 1)]],
  ['an unknown method', [JSON.stringify({ method: 'best', attribute: 'name', values: [1] })]],
  ['text for a number', [Query.equal('price', 'five')]],
  ['no JSON', ['{"method":']],
  ['a limit below zero', [Query.limit(-1)]],
  ['an offset below zero', [Query.offset(-1)]],
  ['an order by nobody', [Query.orderAsc('nobody')]],
  ['too many queries', Array.from({ length: 101 }, () => Query.limit(1))],
  ['too long a query', [Query.equal('name', 'x'.repeat(5000))]],
  ['too many values', [Query.equal('name', Array.from({ length: 501 }, (_, n) => `${n}`))]],
];

let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

for (const name of NAMES) {
  describe(name, () => {
    const place = { databaseId: 'default', tableId: `fruit-${name}` };
    let say;

    const list = (queries, more) => say.call('listRows', { ...place, queries, ...more });
    const ids = async (...queries) => {
      const page = await list(queries);
      return say.of(page, 'rows').map((row) => row.$id);
    };

    before(async () => {
      say = vocabulary(name, tenant.key());
      await say.call('createTable', { ...place, name: 'Fruit' });
      const column = { ...place, required: false };
      await say.call('createVarcharColumn', { ...column, key: 'name', size: 100 });
      await say.call('createIntegerColumn', { ...column, key: 'price' });
      await say.call('createFloatColumn', { ...column, key: 'weight' });
      await say.call('createBooleanColumn', { ...column, key: 'fresh' });
      await say.call('createVarcharColumn', { ...column, key: 'tags', size: 20, array: true });
      await say.call('createRows', { ...place, rows: FRUIT });
    });

    for (const [title, query, expected] of FILTERS) {
      test(title, async () => {
        const page = await list([query]);
        const found = say.of(page, 'rows').map((row) => row.$id);
        same(found.sort(), expected.toSorted());
        assert.equal(page.total, expected.length);
      });
    }

    test('select leaves out what was not asked for', async () => {
      const page = await list([Query.select(['name', '$id']), Query.equal('$id', 'apple')]);
      const [row] = say.of(page, 'rows');
      assert.equal(row.name, 'Apple');
      assert.equal(row.$id, 'apple');
      assert.equal('price' in row, false);
    });

    test('orders', async () => {
      same(await ids(Query.orderAsc('price'), Query.orderDesc('$id')),
        ['banana', 'apple', 'fig', 'date', 'elder', 'cherry']);
      same(await ids(Query.orderDesc('$id')), ALL.toReversed());
      same(await ids(Query.orderAsc('price'), Query.orderAsc('$id')),
        ['banana', 'apple', 'date', 'fig', 'elder', 'cherry']);
      same((await ids(Query.orderRandom())).sort(), ALL);
      same(await ids(), ALL, 'without an order, as they were made');
    });

    test('pages', async () => {
      same(await ids(Query.limit(2), Query.offset(3)), ['date', 'elder']);
      const page = await list([Query.limit(2)]);
      assert.equal(page.total, 6);
      assert.equal((await list([Query.limit(2)], { total: false })).total, 0);
      same(await ids(Query.offset(100)), []);
    });

    for (const orders of [
      [Query.orderAsc('$sequence')],
      [],
      [Query.orderAsc('price')],
      [Query.orderDesc('weight')],
      [Query.orderAsc('fresh'), Query.orderDesc('name')],
    ]) {
      const by = orders.map((order) => JSON.parse(order).attribute).join() || 'nothing';
      test(`cursors walk through all, ordered by ${by}`, async () => {
        const whole = await ids(...orders);
        const walked = [];
        for (let page = await ids(...orders, Query.limit(2)); page.length > 0;) {
          walked.push(...page);
          page = await ids(...orders, Query.limit(2), Query.cursorAfter(page.at(-1)));
        }
        same(walked, whole);
        const back = [];
        for (let page = [whole.at(-1)]; page.length > 0;) {
          back.unshift(...page);
          page = await ids(...orders, Query.limit(2), Query.cursorBefore(page[0]));
        }
        same(back, whole);
      });
    }

    test('a cursor that is nobody', async () => {
      const call = list([Query.cursorAfter('nobody')]);
      await refused(call, 400, 'general_cursor_not_found');
    });

    for (const [title, queries] of REFUSED) {
      test(`refused: ${title}`, async () => {
        const call = list(queries);
        const error = await call.then((page) => assert.fail(JSON.stringify(page)), (e) => e);
        assert.equal(error.code, 400, `${error.code} ${error.type} ${error.message}`);
        const types = ['general_query_invalid', 'general_argument_invalid'];
        assert.ok(types.includes(error.type), error.type);
      });
    }

    test('the older text form', async () => {
      same(await ids('equal("name", ["Apple"])'), ['apple']);
      same(await ids('greaterThan("price", [6])', 'limit(1)'), ['cherry']);
    });
  });
}
