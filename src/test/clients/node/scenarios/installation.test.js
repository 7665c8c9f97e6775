// What the owner does to the installation while it runs. A server of its own: others would notice.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Account, Permission, Role, TablesDB, Users } from 'node-appwrite';
import { refusal, refused, same } from '../harness/expect.js';
import { ownServer, Tenant } from '../harness/tenant.js';

const place = { databaseId: 'default', tableId: 'things' };
let tenant;
let person;

before(async () => {
  tenant = await Tenant.create(await ownServer());
  const tables = new TablesDB(tenant.key());
  const permissions = [Permission.read(Role.any()), Permission.create(Role.users())];
  await tables.createTable({ ...place, name: 'Things', permissions });
  person = await tenant.user();
});

test('key rings rotate under load without one failed request', async () => {
  const failures = [];
  let requests = 0;
  let running = true;
  const call = [
    () => person.account.get(),
    () => new TablesDB(person.client).listRows(place),
    () => new TablesDB(person.client).createRow({ ...place, rowId: 'unique()', data: {} }),
    () => new Users(tenant.key()).get({ userId: person.userId }),
    async () => {
      const { jwt } = await person.account.createJWT();
      await new Account(tenant.guest().setJWT(jwt)).get();
    },
    async () => {
      const { client, account, userId } = await tenant.user();
      assert.equal((await account.get()).$id, userId);
      await new Account(client).deleteSession({ sessionId: 'current' });
    },
  ];
  const workers = call.map(async (work) => {
    while (running) {
      try {
        await work();
      } catch (error) {
        failures.push(`${work}: ${error.code} ${error.type} ${error.message}`);
      }
      requests += 1;
    }
  });
  const kids = new Set();
  for (let turn = 0; turn < 10; turn++) {
    for (const ring of ['internal', 'sessions']) {
      const key = await tenant.owner.ok('POST', `/installation/signing-keys/${ring}`);
      kids.add(key.$id);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  running = false;
  await Promise.all(workers);
  same(failures, []);
  assert.equal(kids.size, 20);
  assert.ok(requests > 200, `${requests} requests prove little`);
  const session = await new Account(tenant.key()).createEmailPasswordSession({
    email: person.email,
    password: person.password,
  });
  const header = JSON.parse(Buffer.from(session.secret.split('.')[0], 'base64url'));
  assert.ok(kids.has(header.kid), 'a new session is signed by a new key');
  assert.equal((await person.account.get()).$id, person.userId, 'an old one is still good');
});

test('only the owner of the installation may', async () => {
  for (const caller of [
    tenant.wire,
    tenant.wire.with({ 'x-appwrite-key': tenant.secret }),
    tenant.wire.with({ 'x-appwrite-session': person.session.secret }),
  ]) {
    const rotate = await caller.send('POST', '/installation/signing-keys/internal');
    refusal(rotate, 401, 'general_unauthorized_scope');
    const turn = await caller.send('PATCH', '/installation/services/teams', { enabled: false });
    refusal(turn, 401, 'general_unauthorized_scope');
  }
  const unknown = await tenant.owner.send('POST', '/installation/signing-keys/other');
  refusal(unknown, 400, 'general_argument_invalid');
});

test('a service off for the installation is off for everybody', async () => {
  const turn = (enabled) =>
    tenant.owner.ok('PATCH', '/installation/services/tablesdb', { enabled });
  await turn(false);
  for (const client of [tenant.guest(), person.client, tenant.key()]) {
    await refused(new TablesDB(client).listRows(place), 403, 'general_service_disabled');
  }
  assert.equal((await person.account.get()).$id, person.userId);
  const list = await tenant.owner.ok('GET', '/installation/services');
  const shown = list.services.find((service) => service.$id === 'tablesdb');
  assert.equal(shown.enabled, false);
  await turn(true);
  assert.ok((await new TablesDB(tenant.guest()).listRows(place)).total > 0);
});
