// Permissions of columns: said by plain calls, since the SDK has no parameter for them, and met by
// the SDK's own methods, in both vocabularies.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Permission, Query, Role, Teams } from 'node-appwrite';
import { refused, same } from '../harness/expect.js';
import { Socket } from '../harness/realtime.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { NAMES, vocabulary } from '../harness/vocabularies.js';

const STAFF = [Permission.read(Role.team('staff')), Permission.write(Role.team('staff'))];
let tenant;
let staff;
let reader;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  staff = await tenant.user('Ann');
  reader = await tenant.user('Ben');
  const teams = new Teams(tenant.key());
  await teams.create({ teamId: 'staff', name: 'Staff' });
  await teams.createMembership({ teamId: 'staff', roles: [], userId: staff.userId });
});

for (const name of NAMES) {
  describe(`${name}: permissions of columns`, () => {
    const place = { databaseId: 'default', tableId: `people-${name}` };
    const words = name === 'databases' ? ['collections', 'attributes'] : ['tables', 'columns'];
    const path = `/${name.toLowerCase()}/default/${words[0]}/people-${name}/${words[1]}`;
    const row = { ...place, rowId: 'ada' };
    const visible = (one) => Object.keys(one).filter((key) => !key.startsWith('$')).sort();
    let key;
    let ann;
    let ben;

    function say(verb, more, body) {
      const client = tenant.key();
      const headers = {
        'content-type': 'application/json',
        'x-appwrite-project': tenant.projectId,
      };
      return client.call(verb, new URL(client.config.endpoint + path + more), headers, body);
    }

    before(async () => {
      key = vocabulary(name, tenant.key());
      ann = vocabulary(name, staff.client);
      ben = vocabulary(name, reader.client);
      const permissions = [Permission.read(Role.users()), Permission.write(Role.users())];
      await key.call('createTable', { ...place, name: 'People', permissions });
      await key.call('createVarcharColumn', { ...place, key: 'name', size: 20, required: false });
      const salary = { key: 'salary', required: false, permissions: STAFF };
      const made = await say('post', '/integer', salary);
      assert.equal(made.$permissions.length, 3, 'read, create and update');
      const level = { key: 'level', required: false, permissions: STAFF.slice(1) };
      await say('post', '/integer', level);
      await key.call('createRow', { ...row, data: { name: 'Ada', salary: 10, level: 3 } });
    });

    test('the SDK reads a column that has them, and one that has none', async () => {
      const column = await key.call('getColumn', { ...place, key: 'salary' });
      same(column.$permissions, [
        Permission.read(Role.team('staff')),
        Permission.create(Role.team('staff')),
        Permission.update(Role.team('staff')),
      ]);
      const plain = await key.call('getColumn', { ...place, key: 'name' });
      assert.equal('$permissions' in plain, false);
      await key.call('updateIntegerColumn', {
        ...place, key: 'salary', required: false, xdefault: null,
      });
      const kept = await key.call('getColumn', { ...place, key: 'salary' });
      assert.equal(kept.$permissions.length, 3, 'what is not said stays');
    });

    test('each sees what he may', async () => {
      for (const who of [key, ann]) {
        same(visible(await who.call('getRow', row)), ['level', 'name', 'salary']);
      }
      same(visible(await ben.call('getRow', row)), ['level', 'name']);
      const list = await ben.call('listRows', place);
      same(visible(ben.of(list, 'rows')[0]), ['level', 'name']);
    });

    test('what is hidden cannot be named', async () => {
      for (const query of [
        Query.equal('salary', 10), Query.orderAsc('salary'), Query.select(['salary']),
      ]) {
        const asked = { ...place, queries: [query] };
        await refused(ben.call('listRows', asked), 400, 'general_query_invalid');
        assert.equal((await ann.call('listRows', asked)).total, 1);
      }
      const data = { salary: 1000 };
      const invalid = ben.error('row_invalid_structure');
      await refused(ben.call('updateRow', { ...row, data }), 400, invalid);
      const count = { ...row, column: 'salary', value: 1 };
      await refused(ben.call('incrementRowColumn', count), 404, ben.error('column_not_found'));
    });

    test('what can only be read is not written', async () => {
      const data = { level: 9 };
      await refused(ben.call('updateRow', { ...row, data }), 401, 'user_unauthorized');
      const fresh = { ...place, rowId: 'bob', data };
      await refused(ben.call('createRow', fresh), 401, 'user_unauthorized');
      assert.equal((await ann.call('updateRow', { ...row, data })).level, 9);
      same(visible(await ben.call('updateRow', { ...row, data: { name: 'A' } })), ['level', 'name']);
    });

    test('events show as much, and a change of permissions holds at once', async () => {
      const channel = `databases.default.${words[0]}.people-${name}.`
        + (name === 'databases' ? 'documents' : 'rows');
      const sockets = [];
      after(() => Promise.all(sockets.map((one) => one.close())));
      for (const user of [staff, reader]) {
        const { jwt } = await user.account.createJWT();
        const params = [['channels[]', channel], ['jwt', jwt]];
        const socket = await Socket.open(tenant.endpoint, tenant.projectId, params);
        sockets.push(socket);
        await socket.next('connected');
      }
      await key.call('updateRow', { ...row, data: { salary: 11 } });
      const [seen, less] = await Promise.all(sockets.map((one) => one.event('ada', 'update')));
      assert.equal(seen.payload.salary, 11);
      same(visible(less.payload), ['level', 'name']);
      await say('patch', '/integer/salary', { required: false, default: null, permissions: null });
      await key.call('updateRow', { ...row, data: { salary: 12 } });
      const events = await Promise.all(sockets.map((one) => one.event('ada', 'update')));
      same(events.map((event) => event.payload.salary), [12, 12]);
      assert.equal((await ben.call('getRow', row)).salary, 12);
    });
  });
}
