// Columns of every kind, in both vocabularies: made, filled, refused, changed, renamed, deleted.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

const BIG = 9007199254740993n;
const LONG = 'x'.repeat(70_000);

/** Per kind: how it is made, what it answers, what it takes, what it refuses, a change of it. */
const KINDS = [
  { kind: 'String', make: { size: 10 }, shows: { type: 'string', size: 10 },
    takes: ['', 'häße', '0123456789'], refuses: ['01234567890', 5, true], change: { size: 20 } },
  { kind: 'Varchar', make: { size: 10 }, shows: { type: 'varchar', size: 10 },
    takes: ['0123456789', '🙂'.repeat(10)], refuses: ['01234567890', {}], change: { size: 11 } },
  { kind: 'Text', make: {}, shows: { type: 'text' },
    takes: ['a\n"b"', 'x'.repeat(16_000)], refuses: [LONG, 1] },
  { kind: 'Mediumtext', make: {}, shows: { type: 'mediumtext' }, takes: [LONG], refuses: [1] },
  { kind: 'Longtext', make: {}, shows: { type: 'longtext' }, takes: [LONG], refuses: [false] },
  { kind: 'Integer', make: { min: -5, max: 10 }, shows: { type: 'integer', min: -5, max: 10 },
    takes: [-5, 0, 10], refuses: [-6, 11, 1.5, 'one'], change: { min: -50, max: 99 } },
  { kind: 'BigInt', make: { min: -1, max: BIG }, shows: { type: 'bigint', min: -1, max: BIG },
    takes: [BIG, 0], refuses: [-2, 1.5, 'one'], change: { min: -10, max: BIG } },
  { kind: 'Float', make: { min: -1.5, max: 2.5 }, shows: { type: 'double', min: -1.5, max: 2.5 },
    takes: [-1.5, 0, 2.25], refuses: [-1.6, 3, 'half'], change: { min: -2.5, max: 9.5 } },
  { kind: 'Boolean', make: {}, shows: { type: 'boolean' },
    takes: [true, false], refuses: ['yes', 1] },
  { kind: 'Datetime', make: {}, shows: { type: 'datetime' },
    takes: ['2026-01-31T09:30:00.000+00:00', '1969-12-31T23:59:59.999+00:00'],
    refuses: ['yesterday', 5, '2026-02-30T00:00:00.000+00:00'] },
  { kind: 'Email', make: {}, shows: { type: 'string', format: 'email' },
    takes: ['ada@example.org'], refuses: ['ada', 'ada@', 1] },
  { kind: 'Enum', make: { elements: ['red', 'green'] },
    shows: { type: 'string', format: 'enum', elements: ['red', 'green'] },
    takes: ['red', 'green'], refuses: ['blue', 1], change: { elements: ['red', 'green', 'blue'] } },
  { kind: 'Ip', make: {}, shows: { type: 'string', format: 'ip' },
    takes: ['192.0.2.1', '2001:db8::1'], refuses: ['300.1.1.1', 'localhost', 1] },
  { kind: 'Url', make: {}, shows: { type: 'string', format: 'url' },
    takes: ['https://example.org/a?b=c'], refuses: ['example', 1] },
];

let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

for (const name of NAMES) {
  describe(name, () => {
    const place = { databaseId: 'default', tableId: `kinds-${name}` };
    let say;
    let rows = 0;

    const write = (data) => {
      const rowId = `r${(rows += 1)}`;
      return say.call('createRow', { ...place, rowId, data });
    };

    before(async () => {
      say = vocabulary(name, tenant.key());
      await say.call('createTable', { ...place, name: 'Kinds' });
    });

    for (const { kind, make, shows, takes, refuses, change } of KINDS) {
      const key = `a${kind}`;
      const shape = say => say.error('row_invalid_structure');

      test(`${kind}: made, listed, read`, async () => {
        const params = { ...place, key, required: false, ...make };
        const made = await say.call(`create${kind}Column`, params);
        holds(made, { key, status: 'available', error: '', required: false, ...shows });
        assert.equal(made.array, false);
        assert.equal(made.default, null);
        assert.match(made.$createdAt, TIME);
        holds(await say.call('getColumn', { ...place, key }), { key, ...shows });
        const all = await say.call('listColumns', place);
        assert.equal(all.total, say.of(all, 'columns').length);
        assert.ok(say.of(all, 'columns').some((column) => column.key === key));
        const twice = say.call(`create${kind}Column`, params);
        await refused(twice, 409, say.error('column_already_exists'));
      });

      test(`${kind}: takes what fits and refuses the rest`, async () => {
        for (const value of [...takes, null]) {
          same((await write({ [key]: value }))[key], value);
        }
        for (const value of [...refuses, [takes[0]]]) {
          await refused(write({ [key]: value }), 400, shape(say));
        }
      });

      test(`${kind}: as a list`, async () => {
        const list = `${key}s`;
        const params = { ...place, key: list, required: false, array: true, ...make };
        holds(await say.call(`create${kind}Column`, params), { array: true, ...shows });
        const values = takes.filter((value) => value !== LONG);
        same((await write({ [list]: values }))[list], values);
        same((await write({ [list]: [] }))[list], []);
        await refused(write({ [list]: [refuses[0]] }), 400, shape(say));
        await refused(write({ [list]: takes[0] }), 400, shape(say));
        await say.call('deleteColumn', { ...place, key: list });
      });

      test(`${kind}: a default, a change, a new name, gone`, async () => {
        const xdefault = takes.filter((one) => one !== LONG && one !== '').at(-1) ?? 'plain';
        const changed = await say.call(`update${kind}Column`, {
          ...place, key, required: false, ...make, ...change, xdefault,
        });
        holds(changed, { key, ...change, default: xdefault });
        same((await write({}))[key], xdefault);
        const newKey = `${key}_new`;
        holds(await say.call(`update${kind}Column`, {
          ...place, key, required: false, ...make, ...change, xdefault: null, newKey,
        }), { key: newKey, default: null });
        const before = await say.call('getRow', { ...place, rowId: `r${rows}` });
        same(before[newKey], xdefault);
        assert.equal(key in before, false);
        const old = say.call('getColumn', { ...place, key });
        await refused(old, 404, say.error('column_not_found'));
        same(await say.call('deleteColumn', { ...place, key: newKey }), EMPTY);
        const gone = await say.call('getRow', { ...place, rowId: `r${rows}` });
        assert.equal(newKey in gone, false);
      });
    }

    test('a required column must be there, and has no default', async () => {
      const params = { ...place, key: 'must', required: true };
      holds(await say.call('createBooleanColumn', params), { required: true });
      await refused(write({}), 400, say.error('row_invalid_structure'));
      await refused(write({ must: null }), 400, say.error('row_invalid_structure'));
      holds(await write({ must: true }), { must: true });
      const both = { ...place, key: 'both', required: true, xdefault: true };
      const type = say.error('column_default_unsupported');
      await refused(say.call('createBooleanColumn', both), 400, type);
      await say.call('deleteColumn', { ...place, key: 'must' });
    });

    test('a default must fit', async () => {
      const wrong = [
        ['Integer', { min: 1, max: 5, xdefault: 9 }],
        ['Enum', { elements: ['a'], xdefault: 'b' }],
        ['Varchar', { size: 3, xdefault: 'long' }],
        ['Email', { xdefault: 'nobody' }],
        ['Ip', { xdefault: 'nowhere' }],
        ['Url', { xdefault: 'nothing' }],
        ['Datetime', { xdefault: 'never' }],
      ];
      for (const [kind, rest] of wrong) {
        const column = { ...place, key: 'bad', required: false, ...rest };
        const call = say.call(`create${kind}Column`, column);
        const error = await call.then(() => assert.fail(`${kind} took it`), (refusal) => refusal);
        assert.equal(error.code, 400, `${kind}: ${error.type}`);
      }
      const none = say.call('getColumn', { ...place, key: 'bad' });
      await refused(none, 404, say.error('column_not_found'));
    });

    test('sizes, ranges, keys and elements have limits', async () => {
      const wrong = [
        ['Varchar', { key: 'bad', size: 0 }],
        ['Varchar', { key: 'bad', size: 16_382 }],
        ['String', { key: 'bad key', size: 5 }],
        ['String', { key: 'k'.repeat(300), size: 5 }],
        ['Enum', { key: 'bad', elements: [] }],
        ['Integer', { key: 'bad', min: 5, max: 1 }],
      ];
      for (const [kind, rest] of wrong) {
        const call = say.call(`create${kind}Column`, { ...place, required: false, ...rest });
        const error = await call.then(() => assert.fail(`${kind} took it`), (refusal) => refusal);
        assert.equal(error.code, 400, `${kind} ${JSON.stringify(rest)}: ${error.type}`);
      }
    });

    test('a change that rows would not survive is refused', async () => {
      const column = { ...place, key: 'narrow', required: false, min: 0, max: 9 };
      await say.call('createIntegerColumn', column);
      await write({ narrow: 9 });
      const change = say.call('updateIntegerColumn', { ...column, max: 5, xdefault: null });
      await refused(change, 400, say.error('column_value_invalid'));
      await say.call('deleteColumn', { ...place, key: 'narrow' });
    });

    test('a column that does not exist is refused in a row', async () => {
      await refused(write({ nobody: 1 }), 400, say.error('row_invalid_structure'));
    });
  });
}
