// What is made of many rows, asked through the SDK's own client, in both vocabularies.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Permission, Query, Role } from 'node-appwrite';
import { refused, same } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

let tenant;
let reader;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  reader = await tenant.user();
});

for (const name of NAMES) {
  describe(`${name}: aggregation`, () => {
    const place = { databaseId: 'default', tableId: `sales-${name}` };

    before(async () => {
      const say = vocabulary(name, tenant.key());
      await say.call('createTable', { ...place, name: 'Sales', rowSecurity: true });
      await say.call('createVarcharColumn', { ...place, key: 'shop', size: 20, required: true });
      await say.call('createIntegerColumn', { ...place, key: 'amount', required: true });
      const sales = [['north', 10], ['north', 20], ['south', 5], ['west', 1000]];
      for (const [shop, amount] of sales) {
        const permissions = shop === 'west' ? [] : [Permission.read(Role.users())];
        const row = { rowId: `${shop}-${amount}`, data: { shop, amount }, permissions };
        await say.call('createRow', { ...place, ...row });
      }
    });

    function aggregate(client, body) {
      const words = name === 'databases' ? ['collections', 'documents'] : ['tables', 'rows'];
      const path = `/${name.toLowerCase()}/default/${words[0]}/sales-${name}/${words[1]}/aggregate`;
      const url = new URL(client.config.endpoint + path);
      const headers = {
        'content-type': 'application/json',
        'x-appwrite-project': tenant.projectId,
      };
      return client.call('post', url, headers, body);
    }

    test('counts and sums what the caller may read, by group', async () => {
      const body = {
        aggregates: [{ method: 'count' }, { method: 'sum', attribute: 'amount', as: 'sold' }],
        groupBy: ['shop'],
        queries: [Query.orderDesc('sold')],
      };
      same(await aggregate(reader.client, body), {
        total: 2,
        groups: [{ shop: 'north', count: 2, sold: 30 }, { shop: 'south', count: 1, sold: 5 }],
      });
      assert.equal((await aggregate(tenant.key(), body)).groups[0].sold, 1000);
    });

    test('filters rows before and groups after', async () => {
      const body = {
        aggregates: [{ method: 'max', attribute: 'amount', as: 'best' }],
        groupBy: ['shop'],
        queries: [Query.lessThan('amount', 20)],
        having: [Query.greaterThan('best', 5)],
      };
      const answer = await aggregate(reader.client, body);
      same(answer, { total: 1, groups: [{ shop: 'north', best: 10 }] });
    });

    test('refuses what it cannot make', async () => {
      const bad = { aggregates: [{ method: 'sum', attribute: 'shop' }] };
      await refused(aggregate(reader.client, bad), 400, 'general_query_invalid');
      const unknown = { aggregates: [{ method: 'median', attribute: 'amount' }] };
      await refused(aggregate(reader.client, unknown), 400, 'general_argument_invalid');
    });
  });
}
