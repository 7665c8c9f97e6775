// Everything of `account` in scope: a person and their sessions.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Account, ID, Query, Users } from 'node-appwrite';
import { decodeJwt, holds, refusal, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

let tenant;
let guest;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  guest = new Account(tenant.guest());
});

describe('signing up', () => {
  const password = 'battery staple';
  const person = { userId: 'ada', email: 'Ada@Example.org', password, name: 'Ada' };

  test('an account', async () => {
    const account = await guest.create(person);
    holds(account, { $id: 'ada', name: 'Ada', email: 'ada@example.org', emailVerification: false });
    holds(account, { status: true, labels: [], prefs: {}, phone: '', mfa: false });
    for (const secret of ['password', 'hash', 'hashOptions']) {
      assert.equal(secret in account, false, secret);
    }
    assert.equal(account.targets[0].identifier, 'ada@example.org');
    assert.match(account.passwordUpdate, TIME);
  });

  test('neither id nor address twice', async () => {
    const again = guest.create({ ...person, userId: 'other' });
    const error = await again.catch((refusal) => refusal);
    assert.equal(error.code, 409);
    const types = ['user_already_exists', 'user_email_already_exists'];
    assert.ok(types.includes(error.type), error.type);
    const same = guest.create({ ...person, email: 'other@example.org' });
    await refused(same, 409, 'user_already_exists');
  });

  test('not with a bad address, password or id', async () => {
    const wrong = [
      { email: 'nobody' }, { password: 'short' }, { password: 'x'.repeat(257) },
      { userId: 'no spaces' }, { name: 'n'.repeat(129) },
    ];
    for (const bad of wrong) {
      const fresh = { ...person, userId: ID.unique(), email: `${ID.unique()}@example.org` };
      await refused(guest.create({ ...fresh, ...bad }), 400, 'general_argument_invalid');
    }
  });

  test('not with a key that may not', async () => {
    const account = new Account(await tenant.keyWith('users.read'));
    const fresh = { ...person, userId: ID.unique(), email: 'x@example.org' };
    await refused(account.create(fresh), 401, 'general_unauthorized_scope');
  });
});

describe('signing in', () => {
  test('with a wrong password or unknown address, the same refusal', async () => {
    const { email } = await tenant.user();
    const wrong = [
      { email, password: 'wrong password' },
      { email: 'nobody@example.org', password: 'wrong password' },
    ];
    for (const credentials of wrong) {
      const call = guest.createEmailPasswordSession(credentials);
      await refused(call, 401, 'user_invalid_credentials');
    }
  });

  test('a key sees the secret, a guest does not', async () => {
    const { email, password, session } = await tenant.user();
    const [, payload] = decodeJwt(session.secret);
    assert.ok(payload.exp > Date.now() / 1000);
    holds(session, { provider: 'email', providerUid: email, current: true, factors: ['password'] });
    assert.match(session.expire, TIME);
    holds(await guest.createEmailPasswordSession({ email, password }), { secret: '' });
  });

  test('without a name', async () => {
    const session = await new Account(tenant.key()).createAnonymousSession();
    holds(session, { provider: 'anonymous' });
    const account = new Account(tenant.guest().setSession(session.secret));
    holds(await account.get(), { $id: session.userId, email: '', name: '' });
    const email = `${ID.unique()}@example.org`;
    const named = await account.updateEmail({ email, password: 'battery staple' });
    holds(named, { $id: session.userId, email });
    const credentials = { email, password: 'battery staple' };
    const again = await new Account(tenant.key()).createEmailPasswordSession(credentials);
    assert.equal(again.userId, session.userId);
  });

  test('a session is accepted as header, cookie, fallback and bearer', async () => {
    const { userId, session } = await tenant.user();
    const name = `a_session_${tenant.projectId}`;
    for (const headers of [
      { 'x-appwrite-session': session.secret },
      { cookie: `${name}=${session.secret}` },
      { cookie: `${name}_legacy=${session.secret}` },
      { 'x-fallback-cookies': JSON.stringify({ [name]: session.secret }) },
      { authorization: `Bearer ${session.secret}` },
      { 'x-appwrite-jwt': session.secret },
    ]) {
      const answer = await tenant.wire.send('GET', '/account', undefined, headers);
      assert.equal(answer.body.$id, userId, JSON.stringify([Object.keys(headers), answer.body]));
    }
  });

  test('a forged or foreign session is nobody', async () => {
    const { session } = await tenant.user();
    const [head, body, sign] = session.secret.split('.');
    const other = `${sign[0] === 'A' ? 'B' : 'A'}${sign.slice(1)}`;
    const forged = new Account(tenant.guest().setSession([head, body, other].join('.')));
    await refused(forged.get(), 401, 'general_unauthorized_scope');
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const none = new Account(tenant.guest().setSession(`${unsigned}.${body}.`));
    await refused(none.get(), 401, 'general_unauthorized_scope');
    const elsewhere = await Tenant.create({ endpoint: tenant.endpoint });
    const stranger = new Account(elsewhere.guest().setSession(session.secret));
    await refused(stranger.get(), 401, 'general_unauthorized_scope');
  });
});

describe('sessions', () => {
  test('are listed, read, extended, ended; at once', async () => {
    const { email, password, account, session } = await tenant.user();
    const key = new Account(tenant.key());
    const second = await key.createEmailPasswordSession({ email, password });
    const all = await account.listSessions();
    assert.equal(all.total, 2);
    same(all.sessions.filter((one) => one.current).map((one) => one.$id), [session.$id]);
    assert.ok(all.sessions.every((one) => one.secret === ''));
    holds(await account.getSession({ sessionId: 'current' }), { $id: session.$id, current: true });
    holds(await account.getSession({ sessionId: second.$id }), { current: false });
    const longer = await account.updateSession({ sessionId: 'current' });
    assert.ok(longer.expire >= session.expire);
    const other = new Account(tenant.guest().setSession(second.secret));
    holds(await other.get(), { email });
    await account.deleteSession({ sessionId: second.$id });
    await refused(other.get(), 401, 'general_unauthorized_scope');
    const gone = account.getSession({ sessionId: second.$id });
    await refused(gone, 404, 'user_session_not_found');
    const third = await key.createEmailPasswordSession({ email, password });
    await account.deleteSessions();
    await refused(account.get(), 401, 'general_unauthorized_scope');
    const last = new Account(tenant.guest().setSession(third.secret));
    await refused(last.get(), 401, 'general_unauthorized_scope');
  });

  test('of others are not there', async () => {
    const [ada, ben] = [await tenant.user(), await tenant.user()];
    const sessionId = ben.session.$id;
    await refused(ada.account.getSession({ sessionId }), 404, 'user_session_not_found');
    await refused(ada.account.deleteSession({ sessionId }), 404, 'user_session_not_found');
    holds(await ben.account.get(), { $id: ben.userId });
  });
});

describe('JWT', () => {
  test('stands for the session, and dies with it', async () => {
    const { userId, account } = await tenant.user();
    const { jwt } = await account.createJWT();
    const [, payload] = decodeJwt(jwt);
    assert.equal(payload.userId ?? payload.sub, userId);
    const life = payload.exp - Date.now() / 1000;
    assert.ok(life > 800 && life <= 901, `${life}`);
    const bearer = new Account(tenant.guest().setJWT(jwt));
    holds(await bearer.get(), { $id: userId });
    await account.deleteSession({ sessionId: 'current' });
    const error = await bearer.get().catch((refusal) => refusal);
    assert.equal(error.code, 401, error.message);
  });

  test('of a chosen life', async () => {
    const { account } = await tenant.user();
    const [, payload] = decodeJwt((await account.createJWT({ duration: 60 })).jwt);
    assert.ok(payload.exp - Date.now() / 1000 <= 61);
    await refused(account.createJWT({ duration: 3601 }), 400, 'general_argument_invalid');
    await refused(account.createJWT({ duration: -1 }), 400, 'general_argument_invalid');
  });

  test('not together with a session', async () => {
    const { account, session } = await tenant.user();
    const { jwt } = await account.createJWT();
    const both = { 'x-appwrite-session': session.secret, 'x-appwrite-jwt': jwt };
    const answer = await tenant.wire.send('GET', '/account', undefined, both);
    refusal(answer, 403, 'user_jwt_and_cookie_set');
  });

  test('that is broken', async () => {
    const account = new Account(tenant.guest().setJWT('a.b.c'));
    await refused(account.get(), 401, 'user_jwt_invalid');
  });
});

describe('the person', () => {
  test('name, prefs, phone, email', async () => {
    const { account, password, userId } = await tenant.user();
    holds(await account.updateName({ name: 'Grace' }), { $id: userId, name: 'Grace' });
    same(await account.getPrefs(), {});
    const prefs = { theme: 'dark', size: 3, nested: { a: [1, 2] } };
    holds(await account.updatePrefs({ prefs }), { prefs });
    same(await account.getPrefs(), prefs);
    holds(await account.updatePrefs({ prefs: { only: true } }), { prefs: { only: true } });
    const phone = `+1555${String(Date.now()).slice(-7)}`;
    holds(await account.updatePhone({ phone, password }), { phone, phoneVerification: false });
    const email = `${ID.unique()}@example.org`;
    holds(await account.updateEmail({ email, password }), { email, emailVerification: false });
    const wrong = account.updateEmail({ email: 'x@example.org', password: 'not the one' });
    await refused(wrong, 401, 'user_invalid_credentials');
    const taken = (await tenant.user()).email;
    const error = await account.updateEmail({ email: taken, password }).catch((e) => e);
    assert.ok([400, 409].includes(error.code), error.type);
    const bad = account.updatePhone({ phone: '12345', password });
    await refused(bad, 400, 'general_argument_invalid');
    const big = account.updatePrefs({ prefs: { text: 'x'.repeat(70_000) } });
    await refused(big, 400, 'general_argument_invalid');
  });

  test('password', async () => {
    const { account, email, password } = await tenant.user();
    const next = { password: 'a new password', oldPassword: 'not the one' };
    await refused(account.updatePassword(next), 401, 'user_invalid_credentials');
    holds(await account.updatePassword({ ...next, oldPassword: password }), { email });
    const before = guest.createEmailPasswordSession({ email, password });
    await refused(before, 401, 'user_invalid_credentials');
    const session = await guest.createEmailPasswordSession({ email, password: next.password });
    assert.equal(session.providerUid, email);
  });

  test('status: who blocks the account is out', async () => {
    const { account, email, password } = await tenant.user();
    holds(await account.updateStatus(), { status: false });
    await refused(account.get(), 401, 'general_unauthorized_scope');
    const again = guest.createEmailPasswordSession({ email, password });
    await refused(again, 403, 'user_blocked');
  });

  test('logs', async () => {
    const { account, userId } = await tenant.user();
    await account.updateName({ name: 'Logged' });
    const page = await account.listLogs({ queries: [Query.limit(10)] });
    assert.ok(page.total >= 1);
    const log = page.logs.find((one) => one.event.includes('name') || one.event.includes('update'));
    assert.ok(log, JSON.stringify(page.logs));
    holds(log, { userId });
    assert.match(log.time, TIME);
  });

  test('a guest has no account', async () => {
    await refused(guest.get(), 401, 'general_unauthorized_scope');
    await refused(guest.listSessions(), 401, 'general_unauthorized_scope');
    await refused(guest.updateName({ name: 'x' }), 401, 'general_unauthorized_scope');
  });

  test('the end of an account', async () => {
    const { session, userId, account } = await tenant.user();
    const headers = { 'x-appwrite-session': session.secret };
    const answer = await tenant.wire.send('DELETE', '/account', undefined, headers);
    assert.equal(answer.status, 204, JSON.stringify(answer.body));
    await refused(account.get(), 401, 'general_unauthorized_scope');
    const user = new Users(tenant.key()).get({ userId });
    await refused(user, 404, 'user_not_found');
  });
});
