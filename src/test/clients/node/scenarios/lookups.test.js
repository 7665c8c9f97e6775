// Words, patterns, elements of lists, geometry and encrypted texts, in both vocabularies.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Query } from 'node-appwrite';
import { holds, refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

const SQUARE = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]];
const FAR = [[[20, 20], [30, 20], [30, 30], [20, 20]]];
const NOTES = [
  { $id: 'a', title: 'The quick brown fox', size: 1, marks: [1, 5, 9], place: [5, 5],
    way: [[0, 0], [20, 20]], area: SQUARE, secret: 'täglich "3"' },
  { $id: 'b', title: 'A slow brown bear', size: 5, marks: [4, 6], place: [1.5, -2],
    way: [[0, 20], [20, 0]], area: FAR, secret: '' },
  { $id: 'c', title: "Quickly, said O'Neil", size: 9, marks: [], place: [25, 22],
    way: [[50, 50], [60, 60]], area: FAR, secret: 'x'.repeat(300) },
  { $id: 'd', title: null, size: null, marks: null, place: null, way: null, area: null,
    secret: null },
];

const FILTERS = [
  ['search, a word', Query.search('title', 'quick'), 'a'],
  ['search, any case', Query.search('title', 'QUICK'), 'a'],
  ['search, a prefix', Query.search('title', 'qui*'), 'ac'],
  ['search, a phrase', Query.search('title', '"slow brown"'), 'b'],
  ['search, one of several', Query.search('title', 'fox bear'), 'ab'],
  ['search, signs alone', Query.search('title', "' & | !"), ''],
  ['notSearch', Query.notSearch('title', 'brown'), 'c'],
  ['regex', Query.regex('title', '^(The|A)\\s'), 'ab'],
  ['notBetween', Query.notBetween('size', 2, 6), 'ac'],
  ['notContains, in text', Query.notContains('title', 'brown'), 'c'],
  ['notContains, in a list', Query.notContains('marks', [5, 6]), 'c'],
  ['notStartsWith', Query.notStartsWith('title', 'The'), 'bc'],
  ['notEndsWith', Query.notEndsWith('title', 'fox'), 'bc'],
  ['exists', Query.exists(['title', 'marks']), 'abc'],
  ['notExists', Query.notExists(['title']), 'd'],
  ['elemMatch', Query.elemMatch('marks', [
    Query.greaterThan('marks', 4), Query.lessThan('marks', 6)]), 'a'],
  ['equal, a point', Query.equal('place', [[5, 5]]), 'a'],
  ['distanceEqual', Query.distanceEqual('place', [5, 5], 0), 'a'],
  ['distanceNotEqual', Query.distanceNotEqual('place', [5, 5], 0, false), 'bc'],
  ['distanceLessThan', Query.distanceLessThan('place', [5, 5.001], 112), 'a'],
  ['distanceLessThan, in degrees', Query.distanceLessThan('place', [5, 5], 8, false), 'ab'],
  ['distanceGreaterThan', Query.distanceGreaterThan('place', [5, 5.001], 112, true), 'bc'],
  ['intersects, points in a polygon', Query.intersects('place', SQUARE), 'a'],
  ['notIntersects', Query.notIntersects('place', SQUARE), 'bc'],
  ['intersects, polygons around a point', Query.intersects('area', [25, 22]), 'bc'],
  ['contains, a point', Query.contains('area', [[1, 1]]), 'a'],
];

/** What needs PostGIS; elsewhere it is refused by name. */
const COMPLETE = [
  ['crosses', Query.crosses('way', [[0, 10], [10, 0]]), 'a'],
  ['notCrosses', Query.notCrosses('way', [[0, 10], [10, 0]]), 'bc'],
  ['intersects, lines', Query.intersects('way', [[0, 10], [10, 0]]), 'a'],
  ['overlaps', Query.overlaps('area', [[[5, 5], [15, 5], [15, 15], [5, 15], [5, 5]]]), 'a'],
  ['notOverlaps', Query.notOverlaps('area', [[[5, 5], [15, 5], [15, 15], [5, 5]]]), 'bc'],
  ['touches', Query.touches('area', [[10, 0], [10, -5]]), 'a'],
  ['notTouches', Query.notTouches('area', [[10, 0], [10, -5]]), 'bc'],
  ['distance to a line', Query.distanceLessThan('way', [0, -0.001], 200, true), 'a'],
];

const REFUSED = [
  ['a pattern that is none', Query.regex('title', '(')],
  ['a search without an index', Query.search('plain', 'x')],
  ['a search in a number', Query.search('size', 'x')],
  ['elements of no list', Query.elemMatch('title', [Query.equal('title', 'x')])],
  ['vectorDot', Query.vectorDot('marks', [1, 2])],
  ['vectorCosine', Query.vectorCosine('marks', [1, 2])],
  ['vectorEuclidean', Query.vectorEuclidean('marks', [1, 2])],
  ['a place off the Earth', Query.intersects('place', [200, 5])],
  ['a distance below zero', Query.distanceLessThan('place', [1, 2], -1)],
  ['geometry of a text', Query.crosses('title', [1, 2])],
  ['an order of places', Query.orderAsc('place')],
  ['what is encrypted', Query.equal('secret', 'x')],
  ['an order of what is encrypted', Query.orderAsc('secret')],
];

let tenant;
let complete;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  const variables = await tenant.owner.ok('GET', '/console/variables');
  complete = variables.supportForSpatials;
  assert.equal(variables.supportForFulltextWildcard, true);
});

for (const name of NAMES) {
  describe(name, () => {
    const place = { databaseId: 'default', tableId: `notes-${name}` };
    let say;

    const ids = async (...queries) => {
      const page = await say.call('listRows', { ...place, queries });
      const found = say.of(page, 'rows').map((row) => row.$id).join('');
      assert.equal(page.total, found.length);
      return found;
    };
    const index = (key, type, columns) =>
      say.call('createIndex', { ...place, key, type, columns });

    before(async () => {
      say = vocabulary(name, tenant.key());
      await say.call('createTable', { ...place, name: 'Notes' });
      const column = { ...place, required: false };
      await say.call('createStringColumn', { ...column, key: 'title', size: 100 });
      await say.call('createStringColumn', { ...column, key: 'plain', size: 100 });
      await say.call('createIntegerColumn', { ...column, key: 'size' });
      await say.call('createIntegerColumn', { ...column, key: 'marks', array: true });
      const point = await say.call('createPointColumn', { ...column, key: 'place' });
      holds(point, { type: 'point', array: false, default: null, status: 'available' });
      const line = await say.call('createLineColumn', { ...column, key: 'way' });
      holds(line, { type: 'linestring' });
      const area = await say.call('createPolygonColumn', { ...column, key: 'area' });
      holds(area, { type: 'polygon' });
      const secret = { ...column, key: 'secret', size: 400, encrypt: true };
      holds(await say.call('createStringColumn', secret), { encrypt: true });
      const words = await index('words', 'fulltext', ['title']);
      holds(words, { type: 'fulltext', status: 'available', error: '' });
      holds(await index('places', 'spatial', ['place']), { type: 'spatial', status: 'available' });
      holds(await index('areas', 'spatial', ['area']), { type: 'spatial', status: 'available' });
      await say.call('createRows', { ...place, rows: NOTES });
    });

    test('values come back as they went', async () => {
      for (const note of NOTES) holds(await say.call('getRow', { ...place, rowId: note.$id }), note);
    });

    for (const [title, query, expected] of FILTERS) {
      test(title, async () => assert.equal(await ids(query), expected));
    }

    for (const [title, query, expected] of COMPLETE) {
      test(`${title}, or a refusal without PostGIS`, async () => {
        if (complete) assert.equal(await ids(query), expected);
        else await refused(ids(query), 400, 'general_feature_unsupported');
      });
    }

    for (const [title, query] of REFUSED) {
      test(`refused: ${title}`, () => refused(ids(query), 400, 'general_query_invalid'));
    }

    test('indexes are of what fits them', async () => {
      const type = say.error('column_index_invalid');
      for (const [kind, columns] of [
        ['fulltext', ['size']], ['fulltext', ['marks']], ['fulltext', ['secret']],
        ['spatial', ['title']], ['spatial', ['place', 'area']], ['key', ['place']],
        ['unique', ['area']], ['unique', ['secret']], ['key', ['secret']],
      ]) {
        await refused(index('bad', kind, columns), 400, type);
      }
      if (complete) holds(await index('ways', 'spatial', ['way']), { status: 'available' });
      else await refused(index('ways', 'spatial', ['way']), 400, 'general_feature_unsupported');
      const used = say.call('deleteColumn', { ...place, key: 'title' });
      const dependency = say.error('column_index_dependency');
      await refused(used, 409, dependency);
    });

    test('places have defaults, and can be renamed', async () => {
      const column = { ...place, key: 'home', required: false };
      await say.call('createPointColumn', { ...column, xdefault: [1, 2] });
      const made = await say.call('createRow', { ...place, rowId: 'home', data: {} });
      same(made.home, [1, 2]);
      const changed = { ...column, xdefault: [3, 4], newKey: 'house' };
      same((await say.call('updatePointColumn', changed)).default, [3, 4]);
      same((await say.call('getRow', { ...place, rowId: 'home' })).house, [1, 2]);
      for (const house of [[1], [1, 2, 3], ['1', '2'], [181, 0], 'here', [[1, 2]]]) {
        const write = say.call('updateRow', { ...place, rowId: 'home', data: { house } });
        await refused(write, 400, say.error('row_invalid_structure'));
      }
      await say.call('deleteRow', { ...place, rowId: 'home' });
    });

    test('what is encrypted is plain by every door', async () => {
      const secret = 'new & "old"';
      const rowId = 'b';
      const data = { secret };
      assert.equal((await say.call('updateRow', { ...place, rowId, data })).secret, secret);
      assert.equal((await say.call('upsertRow', { ...place, rowId, data })).secret, secret);
      const many = await say.call('updateRows', { ...place, data, queries: [] });
      assert.ok(say.of(many, 'rows').every((row) => row.secret === secret));
      const page = await say.call('listRows', { ...place, queries: [Query.select(['secret'])] });
      assert.ok(say.of(page, 'rows').every((row) => row.secret === secret));
    });
  });
}
