// Everything of `teams` in scope.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ID, Permission, Query, Role, TablesDB, Teams } from 'node-appwrite';
import { EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

let tenant;
let byKey;
let ada;
let ben;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  byKey = new Teams(tenant.key());
  [ada, ben] = [await tenant.user('Ada'), await tenant.user('Ben')];
});

describe('a team of a user', () => {
  const teamId = 'crew';
  let byAda;
  let byBen;
  let membershipId;

  before(() => {
    [byAda, byBen] = [new Teams(ada.client), new Teams(ben.client)];
  });

  test('has its maker as owner', async () => {
    const team = await byAda.create({ teamId, name: 'Crew' });
    holds(team, { $id: teamId, name: 'Crew', total: 1, prefs: {} });
    assert.match(team.$createdAt, TIME);
    holds(await byAda.get({ teamId }), { name: 'Crew' });
    const page = await byAda.listMemberships({ teamId });
    assert.equal(page.total, 1);
    holds(page.memberships[0], { userId: ada.userId, roles: ['owner'], confirm: true, teamId });
    await refused(byAda.create({ teamId, name: 'Again' }), 409, 'team_already_exists');
  });

  test('is not there for others', async () => {
    await refused(byBen.get({ teamId }), 404, 'team_not_found');
    assert.equal((await byBen.list()).total, 0);
    assert.equal((await byAda.list()).total, 1);
  });

  test('is joined by a server key', async () => {
    const made = await byKey.createMembership({ teamId, userId: ben.userId, roles: ['cook'] });
    membershipId = made.$id;
    holds(made, { userId: ben.userId, teamId, teamName: 'Crew', roles: ['cook'], confirm: true });
    assert.match(made.joined, TIME);
    holds(await byBen.get({ teamId }), { total: 2 });
    holds(await byBen.getMembership({ teamId, membershipId }), { $id: membershipId });
    const again = byKey.createMembership({ teamId, userId: ben.userId, roles: ['cook'] });
    const error = await again.catch((refusal) => refusal);
    assert.equal(error.code, 409, error.type);
  });

  test('is renamed and kept by owners only', async () => {
    holds(await byAda.updateName({ teamId, name: 'Ship' }), { name: 'Ship' });
    const denied = await byBen.updateName({ teamId, name: 'Mine' }).catch((e) => e);
    assert.equal(denied.code, 401, denied.type);
    const gone = await byBen.delete({ teamId }).catch((e) => e);
    assert.equal(gone.code, 401, gone.type);
    const prefs = { flag: 'blue' };
    same(await byAda.updatePrefs({ teamId, prefs }), prefs);
    same(await byBen.getPrefs({ teamId }), prefs);
    holds(await byAda.updateMembership({ teamId, membershipId, roles: ['captain'] }), {
      roles: ['captain'],
    });
    const self = await byBen.updateMembership({ teamId, membershipId, roles: ['owner'] })
      .catch((e) => e);
    assert.equal(self.code, 401, self.type);
  });

  test('its roles open rows', async () => {
    const tables = new TablesDB(tenant.key());
    const place = { databaseId: 'default', tableId: 'logbook' };
    await tables.createTable({ ...place, name: 'Logbook', rowSecurity: true });
    await tables.createVarcharColumn({ ...place, key: 'text', size: 10, required: false });
    const write = (rowId, role) =>
      tables.createRow({ ...place, rowId, data: {}, permissions: [Permission.read(role)] });
    await write('all', Role.team(teamId));
    await write('captains', Role.team(teamId, 'captain'));
    await write('owners', Role.team(teamId, 'owner'));
    await write('ben', Role.member(membershipId));
    const seen = async (client) =>
      (await new TablesDB(client).listRows(place)).rows.map((row) => row.$id).sort();
    same(await seen(ada.client), ['all', 'owners']);
    same(await seen(ben.client), ['all', 'ben', 'captains']);
    same(await seen(tenant.guest()), []);
    await byAda.updateMembership({ teamId, membershipId, roles: ['cook'] });
    same(await seen(ben.client), ['all', 'ben']);
    await byBen.deleteMembership({ teamId, membershipId });
    same(await seen(ben.client), []);
  });

  test('is left and deleted', async () => {
    await refused(byBen.get({ teamId }), 404, 'team_not_found');
    assert.equal((await byKey.get({ teamId })).total, 1);
    same(await byAda.delete({ teamId }), EMPTY);
    await refused(byKey.get({ teamId }), 404, 'team_not_found');
  });
});

describe('teams by a key', () => {
  test('made without members, listed, searched', async () => {
    for (const name of ['Red', 'Green', 'Blue']) {
      holds(await byKey.create({ teamId: name.toLowerCase(), name }), { name, total: 0 });
    }
    assert.equal((await byKey.list()).total, 3);
    const queries = [Query.orderDesc('name'), Query.limit(2)];
    const page = await byKey.list({ queries });
    same([page.total, ...page.teams.map((team) => team.name)], [3, 'Red', 'Green']);
    same((await byKey.list({ search: 'blu' })).teams.map((team) => team.$id), ['blue']);
    assert.equal((await byKey.list({ total: false })).total, 0);
    const few = await byKey.list({ queries: [Query.equal('total', 0)] });
    assert.equal(few.total, 3);
  });

  test('memberships by address make the person known', async () => {
    const teamId = 'red';
    const email = `${ID.unique()}@example.org`;
    const made = await byKey.createMembership({ teamId, email, roles: ['guest'], name: 'Cleo' });
    holds(made, { userEmail: email, userName: 'Cleo', roles: ['guest'], confirm: true });
    const known = { teamId, email: ben.email, roles: ['owner'] };
    holds(await byKey.createMembership(known), { userId: ben.userId });
    const page = await byKey.listMemberships({ teamId });
    assert.equal(page.total, 2);
    const found = await byKey.listMemberships({
      teamId,
      queries: [Query.equal('userId', ben.userId)],
    });
    same(found.memberships.map((one) => one.userEmail), [ben.email]);
    assert.equal((await byKey.listMemberships({ teamId, search: 'Cleo' })).total, 1);
  });

  test('what is not there', async () => {
    await refused(byKey.get({ teamId: 'nobody' }), 404, 'team_not_found');
    const join = byKey.createMembership({ teamId: 'nobody', userId: ben.userId, roles: [] });
    await refused(join, 404, 'team_not_found');
    const nobody = byKey.createMembership({ teamId: 'red', userId: 'nobody', roles: [] });
    await refused(nobody, 404, 'user_not_found');
    const unknown = byKey.getMembership({ teamId: 'red', membershipId: 'nobody' });
    await refused(unknown, 404, 'membership_not_found');
    const bad = byKey.create({ teamId: 'x', name: '' });
    await refused(bad, 400, 'general_argument_invalid');
  });

  test('guests have none', async () => {
    const guest = new Teams(tenant.guest());
    await refused(guest.list(), 401, 'general_unauthorized_scope');
    await refused(guest.create({ teamId: 'x', name: 'X' }), 401, 'general_unauthorized_scope');
  });
});
