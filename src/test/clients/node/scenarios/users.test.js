// Everything of `users` in scope: people as a server administers them.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Account, ID, Query, Teams, Users } from 'node-appwrite';
import { decodeJwt, EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

let tenant;
let users;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  users = new Users(tenant.key());
});

describe('users', () => {
  const person = { userId: 'ada', email: 'ada@example.org', phone: '+15550001', name: 'Ada' };

  test('made, read, with what a server may see', async () => {
    const user = await users.create({ ...person, password: 'battery staple' });
    holds(user, { $id: 'ada', email: person.email, phone: person.phone, name: 'Ada' });
    assert.equal(user.status, true);
    holds(user, { labels: [], prefs: {}, emailVerification: false, phoneVerification: false });
    assert.match(user.hash, /^argon2/i);
    assert.equal(user.password, '', 'not even the hash leaves the server');
    assert.match(user.registration, TIME);
    same(await users.get({ userId: 'ada' }), user);
    const bare = await users.create({ userId: ID.unique() });
    holds(bare, { email: '', phone: '', name: '' });
  });

  test('taken and unknown', async () => {
    const again = users.create({ ...person, email: 'b@example.org', phone: undefined });
    await refused(again, 409, 'user_already_exists');
    for (const taken of [{ email: person.email }, { phone: person.phone }]) {
      const error = await users.create({ userId: ID.unique(), ...taken }).catch((e) => e);
      assert.equal(error.code, 409, error.type);
    }
    await refused(users.get({ userId: 'nobody' }), 404, 'user_not_found');
    await refused(users.updateName({ userId: 'nobody', name: 'x' }), 404, 'user_not_found');
    await refused(users.delete({ userId: 'nobody' }), 404, 'user_not_found');
    const weak = users.create({ userId: ID.unique(), password: 'short' });
    await refused(weak, 400, 'general_argument_invalid');
  });

  test('listed with queries, search, cursors', async () => {
    for (const name of ['Zoe', 'Yan', 'Xia']) {
      const email = `${name}@example.com`.toLowerCase();
      await users.create({ userId: name.toLowerCase(), email, name, password: 'battery staple' });
    }
    const all = await users.list();
    assert.equal(all.total, all.users.length);
    const queries = [Query.equal('name', ['Zoe', 'Yan']), Query.orderAsc('name')];
    same((await users.list({ queries })).users.map((one) => one.name), ['Yan', 'Zoe']);
    assert.equal((await users.list({ search: 'zoe' })).users[0].$id, 'zoe');
    const ends = [Query.endsWith('email', '@example.com'), Query.orderAsc('$id')];
    const first = await users.list({ queries: [...ends, Query.limit(2)] });
    same([first.total, ...first.users.map((one) => one.$id)], [3, 'xia', 'yan']);
    const next = await users.list({ queries: [...ends, Query.cursorAfter('yan')] });
    same(next.users.map((one) => one.$id), ['zoe']);
    assert.equal((await users.list({ total: false })).total, 0);
    const bad = users.list({ queries: [Query.equal('password', 'x')] });
    await refused(bad, 400, 'general_query_invalid');
  });

  test('changed in every part', async () => {
    const userId = 'ada';
    holds(await users.updateName({ userId, name: 'Ada L.' }), { name: 'Ada L.' });
    const email = 'al@example.org';
    holds(await users.updateEmail({ userId, email }), { email });
    holds(await users.updatePhone({ userId, number: '+15550002' }), { phone: '+15550002' });
    holds(await users.updateEmailVerification({ userId, emailVerification: true }), {
      emailVerification: true,
    });
    holds(await users.updatePhoneVerification({ userId, phoneVerification: true }), {
      phoneVerification: true,
    });
    const labels = ['staff', 'beta2'];
    holds(await users.updateLabels({ userId, labels }), { labels });
    const bad = users.updateLabels({ userId, labels: ['no spaces'] });
    await refused(bad, 400, 'general_argument_invalid');
    const prefs = { theme: 'dark' };
    same(await users.updatePrefs({ userId, prefs }), prefs);
    same(await users.getPrefs({ userId }), prefs);
    const taken = await users.updateEmail({ userId, email: 'zoe@example.com' }).catch((e) => e);
    assert.equal(taken.code, 409, taken.type);
    await users.updatePassword({ userId, password: 'a new password' });
    const credentials = { email, password: 'a new password' };
    const session = await new Account(tenant.guest()).createEmailPasswordSession(credentials);
    assert.equal(session.userId, userId);
  });

  test('blocked: out at once, and in again', async () => {
    const { userId, account, email, password } = await tenant.user();
    holds(await users.updateStatus({ userId, status: false }), { status: false });
    await refused(account.get(), 403, 'user_blocked');
    const guest = new Account(tenant.guest());
    const blocked = guest.createEmailPasswordSession({ email, password });
    await refused(blocked, 403, 'user_blocked');
    holds(await users.updateStatus({ userId, status: true }), { status: true });
    holds(await guest.createEmailPasswordSession({ email, password }), { userId });
  });

  test('sessions made, listed, ended by a server', async () => {
    const { userId, account } = await tenant.user();
    const made = await users.createSession({ userId });
    decodeJwt(made.secret);
    holds(made, { userId, provider: 'server' });
    const other = new Account(tenant.guest().setSession(made.secret));
    holds(await other.get(), { $id: userId });
    const all = await users.listSessions({ userId });
    same([all.total, all.sessions.length], [2, 2]);
    await users.deleteSession({ userId, sessionId: made.$id });
    await refused(other.get(), 401, 'general_unauthorized_scope');
    const again = users.deleteSession({ userId, sessionId: made.$id });
    await refused(again, 404, 'user_session_not_found');
    await users.deleteSessions({ userId });
    await refused(account.get(), 401, 'general_unauthorized_scope');
    assert.equal((await users.listSessions({ userId })).total, 0);
  });

  test('a JWT for somebody', async () => {
    const { userId, session } = await tenant.user();
    const { jwt } = await users.createJWT({ userId, sessionId: session.$id, duration: 100 });
    holds(await new Account(tenant.guest().setJWT(jwt)).get(), { $id: userId });
    const missing = users.createJWT({ userId, sessionId: 'nobody' });
    const error = await missing.then(() => null, (refusal) => refusal);
    assert.ok(error === null || error.code === 404, error?.type);
  });

  test('memberships and logs of somebody', async () => {
    const { userId, account } = await tenant.user();
    const teams = new Teams(tenant.key());
    const team = await teams.create({ teamId: ID.unique(), name: 'Crew' });
    await teams.createMembership({ teamId: team.$id, userId, roles: ['cook'] });
    const page = await users.listMemberships({ userId });
    assert.equal(page.total, 1);
    holds(page.memberships[0], { teamId: team.$id, userId, roles: ['cook'], confirm: true });
    await account.updateName({ name: 'Logged' });
    const logs = await users.listLogs({ userId });
    assert.ok(logs.total >= 1 && logs.logs.every((log) => log.userId === userId || log.event));
  });

  test('deleted, with sessions', async () => {
    const { userId, account } = await tenant.user();
    same(await users.delete({ userId }), EMPTY);
    await refused(users.get({ userId }), 404, 'user_not_found');
    await refused(account.get(), 401, 'general_unauthorized_scope');
  });

  test('users and guests may not', async () => {
    const { client } = await tenant.user();
    for (const caller of [client, tenant.guest(), await tenant.keyWith('teams.read')]) {
      const denied = new Users(caller);
      await refused(denied.list(), 401, 'general_unauthorized_scope');
      await refused(denied.delete({ userId: 'ada' }), 401, 'general_unauthorized_scope');
    }
    const reader = new Users(await tenant.keyWith('users.read'));
    holds(await reader.get({ userId: 'ada' }), { $id: 'ada' });
    const write = reader.updateName({ userId: 'ada', name: 'x' });
    await refused(write, 401, 'general_unauthorized_scope');
  });
});
