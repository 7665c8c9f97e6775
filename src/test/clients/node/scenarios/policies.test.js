// What a project decides about passwords, sessions and who sees whom; each in force at once.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Account, ID, Project, Teams, Users } from 'node-appwrite';
import { decodeJwt, holds, refused } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

let server;
let tenant;
let project;
let guest;

beforeEach(async () => {
  server ??= await sharedServer();
  tenant = await Tenant.create(server);
  project = new Project(tenant.key());
  guest = new Account(tenant.guest());
});

const signUp = (password, more) =>
  guest.create({ userId: ID.unique(), email: `${ID.unique()}@example.org`, password, ...more });

describe('passwords', () => {
  test('must be strong', async () => {
    await project.updatePasswordStrengthPolicy({ min: 12, uppercase: true, number: true });
    for (const weak of ['Short1', 'nocapitals1234', 'NoNumbersAtAll']) {
      await refused(signUp(weak), 400, 'general_argument_invalid');
    }
    holds(await signUp('GoodEnough1234'), { status: true });
    const policy = await project.getPolicy({ policyId: 'password-strength' });
    holds(policy, { min: 12, uppercase: true, number: true });
  });

  test('must not tell who it is', async () => {
    await project.updatePasswordPersonalDataPolicy({ enabled: true });
    const telling = signUp('i am cleopatra', { name: 'Cleopatra' });
    await refused(telling, 400, 'password_personal_data');
    holds(await signUp('battery staple', { name: 'Cleopatra' }), { name: 'Cleopatra' });
  });

  test('must not come again', async () => {
    await project.updatePasswordHistoryPolicy({ total: 2 });
    const { account, password } = await tenant.user();
    const next = 'a new password';
    await account.updatePassword({ password: next, oldPassword: password });
    const again = account.updatePassword({ password, oldPassword: next });
    await refused(again, 400, 'password_recently_used');
  });
});

describe('sessions', () => {
  test('are so many', async () => {
    await project.updateSessionLimitPolicy({ total: 1 });
    const { email, password, account } = await tenant.user();
    await new Account(tenant.key()).createEmailPasswordSession({ email, password });
    await refused(account.get(), 401, 'general_unauthorized_scope');
    holds(await project.getPolicy({ policyId: 'session-limit' }), { total: 1 });
  });

  test('last so long', async () => {
    await project.updateSessionDurationPolicy({ duration: 60 });
    const { session } = await tenant.user();
    const life = Date.parse(session.expire) - Date.now();
    assert.ok(life > 0 && life <= 61_000, session.expire);
    const [, { exp }] = decodeJwt(session.secret);
    assert.ok(exp <= Date.now() / 1000 + 61);
  });

  test('end with the password, if that is wanted', async () => {
    for (const enabled of [true, false]) {
      await project.updateSessionInvalidationPolicy({ enabled });
      const { email, password, account } = await tenant.user();
      const secret = (await new Account(tenant.key())
        .createEmailPasswordSession({ email, password })).secret;
      const other = new Account(tenant.guest().setSession(secret));
      await account.updatePassword({ password: 'a new password', oldPassword: password });
      if (enabled) await refused(other.get(), 401, 'general_unauthorized_scope');
      else holds(await other.get(), { email });
    }
  });
});

describe('people', () => {
  test('are so many', async () => {
    await tenant.user();
    await project.updateUserLimitPolicy({ total: 1 });
    const error = await signUp('battery staple').catch((refusal) => refusal);
    assert.equal(error.type, 'user_count_exceeded', error.message);
    await project.updateUserLimitPolicy({ total: 2 });
    holds(await signUp('battery staple'), { status: true });
  });

  test('of a team see of each other what the project lets them see', async () => {
    const [ada, ben] = [await tenant.user('Ada'), await tenant.user('Ben')];
    const teams = new Teams(ada.client);
    const { $id: teamId } = await teams.create({ teamId: ID.unique(), name: 'Crew' });
    const byKey = new Teams(tenant.key());
    await byKey.createMembership({ teamId, userId: ben.userId, roles: ['cook'] });
    const seen = async () => {
      const page = await teams.listMemberships({ teamId });
      return page.memberships.find((one) => one.userId === ben.userId || one.roles[0] === 'cook');
    };
    await project.updateMembershipPrivacyPolicy({ userName: true, userEmail: true });
    holds(await seen(), { userName: 'Ben', userEmail: ben.email });
    await project.updateMembershipPrivacyPolicy({ userName: false, userEmail: false });
    holds(await seen(), { userName: '', userEmail: '' });
    const { memberships } = await byKey.listMemberships({ teamId });
    assert.ok(memberships.some((one) => one.userEmail === ben.email), 'a key sees all of it');
  });
});

test('all policies are listed and answer to their switch', async () => {
  const { policies, total } = await project.listPolicies();
  assert.equal(policies.length, total);
  for (const [method, policyId] of [
    ['updatePasswordDictionaryPolicy', 'password-dictionary'],
    ['updateSessionAlertPolicy', 'session-alert'],
    ['updateDenyAliasedEmailPolicy', 'deny-aliased-email'],
    ['updateDenyDisposableEmailPolicy', 'deny-disposable-email'],
    ['updateDenyFreeEmailPolicy', 'deny-free-email'],
    ['updateDenyCorporateEmailPolicy', 'deny-corporate-email'],
  ]) {
    assert.ok(policies.some((policy) => policy.$id === policyId), policyId);
    for (const enabled of [true, false]) {
      await project[method]({ enabled });
      holds(await project.getPolicy({ policyId }), { $id: policyId, enabled });
    }
  }
  const user = await new Users(tenant.key()).create({ userId: ID.unique(), name: 'Ada' });
  assert.equal(user.name, 'Ada');
});

test('the older calls of the console decide the same', async () => {
  const path = `/projects/${tenant.projectId}/auth`;
  const set = (tail, body) => tenant.owner.ok('PATCH', `${path}/${tail}`, body);
  holds(await set('duration', { duration: 3600 }), { authDuration: 3600 });
  holds(await set('limit', { limit: 50 }), { authLimit: 50 });
  holds(await set('max-sessions', { limit: 5 }), { authSessionsLimit: 5 });
  holds(await set('password-history', { limit: 3 }), { authPasswordHistory: 3 });
  holds(await set('password-dictionary', { enabled: true }), { authPasswordDictionary: true });
  holds(await set('personal-data', { enabled: true }), { authPersonalDataCheck: true });
  holds(await set('session-alerts', { alerts: true }), { authSessionAlerts: true });
  holds(await set('anonymous', { status: false }), { authAnonymous: false });
  const anonymous = await guest.createAnonymousSession().catch((refusal) => refusal);
  assert.equal(anonymous.type, 'user_auth_method_unsupported');
});
