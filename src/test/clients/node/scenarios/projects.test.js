// Projects, keys, platforms, policies and switches, by the console's wire and by a key.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Account, ID, Project, TablesDB, Teams, Users } from 'node-appwrite';
import { signInOwner } from '../harness/console.js';
import { EMPTY, holds, refusal, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { Wire } from '../harness/wire.js';

let server;
let owner;
let tenant;

before(async () => {
  server = await sharedServer();
  owner = await signInOwner(server.endpoint);
  tenant = await Tenant.create(server);
});

describe('the console', () => {
  test('has an owner, and is closed for others', async () => {
    holds(await owner.ok('GET', '/account'), { email: 'owner@example.org' });
    const stranger = new Wire(server.endpoint, { 'x-appwrite-project': 'console' });
    const body = { userId: ID.unique(), email: 'two@example.org', password: 'correct horse' };
    const answer = await stranger.send('POST', '/account', body);
    assert.ok([401, 403, 501].includes(answer.status), JSON.stringify(answer.body));
    refusal(await stranger.send('GET', '/projects'), 401, 'general_unauthorized_scope');
    const variables = await owner.ok('GET', '/console/variables');
    assert.equal(typeof variables, 'object');
  });

  test('makes, lists, renames and deletes projects', async () => {
    const projectId = ID.unique();
    const teamId = tenant.projectId;
    const made = await owner.ok('POST', '/projects', { projectId, name: 'One', teamId });
    holds(made, { $id: projectId, name: 'One', teamId, platforms: [], keys: [] });
    assert.match(made.$createdAt, TIME);
    const again = await owner.send('POST', '/projects', { projectId, name: 'Two', teamId });
    refusal(again, 409, 'project_already_exists');
    const own = { projectId: 'console', name: 'x', teamId };
    const taken = await owner.send('POST', '/projects', own);
    assert.equal(taken.status, 400, JSON.stringify(taken.body));
    const path = `/projects/${projectId}`;
    holds(await owner.ok('PATCH', path, { name: 'Renamed' }), { name: 'Renamed' });
    holds(await owner.ok('GET', path), { name: 'Renamed' });
    const page = await owner.ok('GET', '/projects?search=Renamed');
    assert.ok(page.projects.some((project) => project.$id === projectId));
    assert.equal((await owner.send('DELETE', path)).status, 204);
    refusal(await owner.send('GET', path), 404, 'project_not_found');
    const dead = new Wire(server.endpoint, { 'x-appwrite-project': projectId });
    refusal(await dead.send('GET', '/account'), 404, 'project_not_found');
  });

  test('each project has its own data and database', async () => {
    const other = await Tenant.create(server);
    const userId = ID.unique();
    await new Users(tenant.key()).create({ userId, name: 'Mine' });
    await refused(new Users(other.key()).get({ userId }), 404, 'user_not_found');
    holds(await new TablesDB(other.key()).get({ databaseId: 'default' }), { $id: 'default' });
    const foreign = new Users(tenant.key().setProject(other.projectId));
    const error = await foreign.list().catch((refusal) => refusal);
    assert.equal(error.code, 401, error.type);
    const users = await other.admin.ok('GET', '/users');
    assert.equal(users.total, 0, 'the owner administers each of them');
  });
});

describe('keys', () => {
  test('by the console: made, shown, changed, revoked at once', async () => {
    const path = `/projects/${tenant.projectId}/keys`;
    const made = await owner.ok('POST', path, { name: 'reader', scopes: ['users.read'] });
    assert.match(made.secret, /^standard_[0-9a-f]{256}$/);
    holds(made, { name: 'reader', scopes: ['users.read'] });
    const users = new Users(tenant.key(made.secret));
    assert.ok((await users.list()).total >= 0);
    const create = users.create({ userId: ID.unique() });
    await refused(create, 401, 'general_unauthorized_scope');
    const change = { name: 'writer', scopes: ['users.read', 'users.write'] };
    holds(await owner.ok('PUT', `${path}/${made.$id}`, change), change);
    await users.create({ userId: ID.unique() });
    holds(await owner.ok('GET', `${path}/${made.$id}`), change);
    assert.ok((await owner.ok('GET', path)).total >= 2);
    const bad = await owner.send('POST', path, { name: 'x', scopes: ['everything'] });
    refusal(bad, 400, 'general_argument_invalid');
    assert.equal((await owner.send('DELETE', `${path}/${made.$id}`)).status, 204);
    const error = await users.list().catch((refusal) => refusal);
    assert.equal(error.code, 401, error.type);
  });

  test('that have expired', async () => {
    const project = new Project(tenant.key());
    const soon = new Date(Date.now() + 1500).toISOString().replace('Z', '+00:00');
    const key = await project.createKey({
      keyId: ID.unique(),
      name: 'short',
      scopes: ['users.read'],
      expire: soon,
    });
    const users = new Users(tenant.key(key.secret));
    await users.list();
    await new Promise((resolve) => setTimeout(resolve, 1700));
    await refused(users.list(), 401, 'project_key_expired');
  });

  test('by a key, through the SDK', async () => {
    const project = new Project(tenant.key());
    const keyId = ID.unique();
    const scopes = ['teams.read'];
    const made = await project.createKey({ keyId, name: 'k', scopes });
    holds(made, { $id: keyId, name: 'k', scopes });
    assert.equal((await new Teams(tenant.key(made.secret)).list()).total, 0);
    holds(await project.getKey({ keyId }), { $id: keyId });
    holds(await project.updateKey({ keyId, name: 'l', scopes }), { name: 'l' });
    const page = await project.listKeys();
    assert.ok(page.keys.some((key) => key.$id === keyId));
    same(await project.deleteKey({ keyId }), EMPTY);
    await refused(project.getKey({ keyId }), 404, 'key_not_found');
    const brief = await project.createEphemeralKey({ scopes, duration: 60 });
    assert.match(brief.secret, /^ephemeral_/);
    assert.equal((await new Teams(tenant.key(brief.secret)).list()).total, 0);
  });

  test('that nobody made', async () => {
    const users = new Users(tenant.key(`standard_${'0'.repeat(256)}`));
    const error = await users.list().catch((refusal) => refusal);
    assert.equal(error.code, 401, error.type);
  });
});

describe('platforms and origins', () => {
  const asked = (origin) => tenant.wire.send('GET', '/account', undefined, { origin });

  test('own and local origins may, others may not', async () => {
    for (const origin of ['https://app.example.org', 'http://localhost:3000', 'http://127.0.0.1']) {
      const answer = await asked(origin);
      refusal(answer, 401, 'general_unauthorized_scope');
      assert.equal(answer.headers.get('access-control-allow-origin'), origin);
      assert.equal(answer.headers.get('access-control-allow-credentials'), 'true');
    }
    for (const origin of ['https://evil.example.com', 'https://app.example.org.evil.com']) {
      refusal(await asked(origin), 403, 'general_unknown_origin');
    }
    const headers = { origin: 'https://evil.example.com', 'x-appwrite-key': tenant.secret };
    assert.equal((await tenant.wire.send('GET', '/users', undefined, headers)).status, 200);
  });

  test('preflight', async () => {
    const answer = await tenant.wire.send('OPTIONS', '/account', undefined, {
      origin: 'https://app.example.org',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-appwrite-project,x-sdk-name',
    });
    assert.equal(answer.status, 204);
    const allowed = answer.headers.get('access-control-allow-headers').toLowerCase();
    for (const name of ['content-type', 'x-appwrite-project', 'x-sdk-name', 'x-fallback-cookies']) {
      assert.ok(allowed.includes(name), `${name} in ${allowed}`);
    }
    assert.match(answer.headers.get('access-control-allow-methods'), /PATCH/);
  });

  test('a wildcard platform through the SDK, and its end', async () => {
    const project = new Project(tenant.key());
    const platform = { platformId: ID.unique(), name: 'All', hostname: '*.example.net' };
    holds(await project.createWebPlatform(platform), { $id: platform.platformId, type: 'web' });
    refusal(await asked('https://a.example.net'), 401, 'general_unauthorized_scope');
    const moved = { ...platform, hostname: 'b.example.net' };
    holds(await project.updateWebPlatform(moved), { hostname: 'b.example.net' });
    refusal(await asked('https://a.example.net'), 403, 'general_unknown_origin');
    assert.ok((await project.listPlatforms()).total >= 2);
    await project.deletePlatform({ platformId: platform.platformId });
    refusal(await asked('https://b.example.net'), 403, 'general_unknown_origin');
  });

  test('platforms of other kinds', async () => {
    const project = new Project(tenant.key());
    for (const [kind, field] of [
      ['Android', 'applicationId'],
      ['Apple', 'bundleIdentifier'],
      ['Linux', 'packageName'],
      ['Windows', 'packageIdentifierName'],
    ]) {
      const platform = { platformId: ID.unique(), name: 'App', [field]: 'org.example.app' };
      const made = await project[`create${kind}Platform`](platform);
      holds(made, { $id: platform.platformId, type: kind.toLowerCase() });
      const change = { ...platform, name: 'Renamed', [field]: 'org.example.other' };
      const changed = await project[`update${kind}Platform`](change);
      holds(changed, { name: 'Renamed', [field]: 'org.example.other' });
      holds(await project.getPlatform({ platformId: platform.platformId }), { name: 'Renamed' });
    }
  });
});

describe('switches', () => {
  test('a service off for one project, while another keeps working', async () => {
    const other = await Tenant.create(server);
    const place = { databaseId: 'default', tableId: 'things' };
    const people = [];
    for (const one of [tenant, other]) {
      const byKey = new TablesDB(one.key());
      await byKey.createTable({ ...place, name: 'Things', permissions: ['read("any")'] });
      people.push(await one.user());
    }
    const turn = (enabled) =>
      new Project(tenant.key()).updateService({ serviceId: 'tablesdb', enabled });
    const project = await turn(false);
    const shown = project.services.find((service) => service.$id === 'tablesdb');
    assert.equal(shown.enabled, false);
    for (const client of [tenant.guest(), people[0].client]) {
      await refused(new TablesDB(client).listRows(place), 403, 'general_service_disabled');
    }
    assert.equal((await new TablesDB(tenant.key()).listRows(place)).total, 0);
    assert.equal((await tenant.admin.ok('GET', '/tablesdb/default/tables')).total, 1);
    for (const client of [other.guest(), people[1].client]) {
      assert.equal((await new TablesDB(client).listRows(place)).total, 0);
    }
    assert.equal((await new Account(people[0].client).get()).$id, people[0].userId);
    await turn(true);
    assert.equal((await new TablesDB(tenant.guest()).listRows(place)).total, 0);
  });

  test('a service by the console, old way and all at once', async () => {
    const path = `/projects/${tenant.projectId}/service`;
    const off = await owner.ok('PATCH', path, { service: 'teams', status: false });
    assert.equal(off.serviceStatusForTeams, false);
    const { client } = await tenant.user();
    await refused(new Teams(client).list(), 403, 'general_service_disabled');
    await owner.ok('PATCH', path, { service: 'teams', status: true });
    assert.equal((await new Teams(client).list()).total, 0);
    await owner.ok('PATCH', `${path}/all`, { status: false });
    await refused(new Account(client).get(), 403, 'general_service_disabled');
    await owner.ok('PATCH', `${path}/all`, { status: true });
    await new Account(client).get();
  });

  test('a way to sign in', async () => {
    const project = new Project(tenant.key());
    const guest = new Account(tenant.guest());
    await project.updateAuthMethod({ methodId: 'anonymous', enabled: false });
    const error = await guest.createAnonymousSession().catch((refusal) => refusal);
    assert.equal(error.type, 'user_auth_method_unsupported', error.message);
    await project.updateAuthMethod({ methodId: 'anonymous', enabled: true });
    holds(await guest.createAnonymousSession(), { provider: 'anonymous' });
  });

  test('a protocol', async () => {
    const project = new Project(tenant.key());
    await project.updateProtocol({ protocolId: 'rest', enabled: false });
    const answer = await tenant.wire.send('GET', '/account');
    refusal(answer, 403, 'general_api_disabled');
    await project.updateProtocol({ protocolId: 'rest', enabled: true });
    refusal(await tenant.wire.send('GET', '/account'), 401, 'general_unauthorized_scope');
  });
});
