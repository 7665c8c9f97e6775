// The web SDK, as far as it runs without a page.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Account, Client, ID, Permission, Query, Role, TablesDB, Teams } from 'appwrite';
import { TablesDB as ServerTables } from 'node-appwrite';
import { holds, refused } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

const place = { databaseId: 'default', tableId: 'notes' };
let tenant;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  const tables = new ServerTables(tenant.key());
  const permissions = [Permission.create(Role.users())];
  await tables.createTable({ ...place, name: 'Notes', rowSecurity: true, permissions });
  await tables.createVarcharColumn({ ...place, key: 'text', size: 50, required: true });
});

const guest = () => new Client().setEndpoint(tenant.endpoint).setProject(tenant.projectId);

describe('appwrite', () => {
  test('answers a ping', async () => {
    holds(await guest().ping(), { message: 'Pong!' });
  });

  test('signs up and in; the secret stays with the browser', async () => {
    const account = new Account(guest());
    const credentials = { email: 'web@example.org', password: 'battery staple' };
    const made = await account.create({ userId: ID.unique(), ...credentials, name: 'Web' });
    holds(made, { email: 'web@example.org' });
    const session = await account.createEmailPasswordSession(credentials);
    assert.equal(session.secret, '');
  });

  test('works with a session', async () => {
    const { session, userId } = await tenant.user();
    const client = guest().setSession(session.secret);
    const account = new Account(client);
    holds(await account.get(), { $id: userId });
    const tables = new TablesDB(client);
    const note = await tables.createRow({ ...place, rowId: ID.unique(), data: { text: 'a' } });
    const row = { ...place, rowId: note.$id };
    holds(await tables.updateRow({ ...row, data: { text: 'b' } }), { text: 'b' });
    holds(await tables.upsertRow({ ...row, data: { text: 'c' } }), { text: 'c' });
    const queries = [Query.equal('text', 'c'), Query.orderDesc('$createdAt'), Query.limit(5)];
    assert.equal((await tables.listRows({ ...place, queries })).rows[0].$id, note.$id);
    await refused(new TablesDB(guest()).getRow(row), 404, 'row_not_found');
    await tables.deleteRow(row);
    await refused(tables.getRow(row), 404, 'row_not_found');
    const teams = new Teams(client);
    const team = await teams.create({ teamId: ID.unique(), name: 'Web' });
    holds(await teams.get({ teamId: team.$id }), { total: 1 });
    const prefs = { theme: 'dark' };
    holds(await account.updatePrefs({ prefs }), { prefs });
    await account.deleteSession({ sessionId: 'current' });
    await refused(account.get(), 401, 'general_unauthorized_scope');
  });

  test('works with a JWT', async () => {
    const { account, userId } = await tenant.user();
    const { jwt } = await account.createJWT();
    holds(await new Account(guest().setJWT(jwt)).get(), { $id: userId });
  });
});
