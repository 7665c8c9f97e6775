// A team that owns projects, by a key of its own; and who changed what in a project.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Activities, Client, Organization, Users } from 'node-appwrite';
import { EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

const SCOPES = [
  'organization.read', 'organization.write', 'organization.keys.read', 'organization.keys.write',
  'organization.memberships.read', 'projects.read', 'projects.write',
];
let tenant;
let organization;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  const owner = tenant.owner.with({ 'x-appwrite-organization': tenant.projectId });
  const key = { keyId: 'first', name: 'All', scopes: SCOPES };
  const { secret } = await owner.ok('POST', '/organization/keys', key);
  const client = new Client().setEndpoint(tenant.endpoint).setProject('console').setKey(secret);
  organization = new Organization(client);
});

describe('an organization', () => {
  test('knows itself and is renamed', async () => {
    holds(await organization.get(), { $id: tenant.projectId });
    holds(await organization.update({ name: 'Renamed' }), { name: 'Renamed' });
  });

  test('owns projects', async () => {
    const projectId = `${tenant.projectId.slice(0, 30)}-b`;
    const made = await organization.createProject({ projectId, name: 'Second' });
    holds(made, { $id: projectId, name: 'Second', teamId: tenant.projectId });
    const page = await organization.listProjects();
    same(page.projects.map((one) => one.$id).sort(), [tenant.projectId, projectId].sort());
    holds(await organization.getProject({ projectId }), { name: 'Second' });
    holds(await organization.updateProject({ projectId, name: 'Other' }), { name: 'Other' });
    same(await organization.deleteProject({ projectId }), EMPTY);
    await refused(organization.getProject({ projectId }), 404, 'project_not_found');
  });

  test('sees no projects of others', async () => {
    const other = await Tenant.create({ endpoint: tenant.endpoint });
    const foreign = organization.getProject({ projectId: other.projectId });
    await refused(foreign, 404, 'project_not_found');
  });

  test('has keys and members', async () => {
    const key = { keyId: 'second', name: 'Few', scopes: ['projects.read'] };
    holds(await organization.createKey(key), { $id: 'second', scopes: ['projects.read'] });
    same((await organization.listKeys()).keys.map((one) => one.$id).sort(), ['first', 'second']);
    holds(await organization.updateKey({ ...key, name: 'Fewer' }), { name: 'Fewer' });
    same(await organization.deleteKey({ keyId: 'second' }), EMPTY);
    const members = await organization.listMemberships();
    assert.equal(members.total, 1);
    holds(members.memberships[0], { roles: ['owner'], confirm: true });
  });
});

describe('the audit of a project', () => {
  test('says who changed what, for those who may read it', async () => {
    const path = `/projects/${tenant.projectId}/keys`;
    const scopes = ['users.write', 'events.read'];
    const { secret } = await tenant.owner.ok('POST', path, { name: 'audit', scopes });
    const client = tenant.key(secret);
    const userId = 'audited';
    await new Users(client).create({ userId, name: 'Ada' });
    await new Users(client).updateName({ userId, name: 'Grace' });
    const activities = new Activities(client);
    const page = await activities.listEvents();
    const own = page.events.filter((event) => event.resource.includes(userId));
    assert.ok(own.length >= 2, JSON.stringify(page.events.slice(0, 3)));
    assert.match(own[0].time, TIME);
    assert.match(own[0].event, /update/);
    holds(await activities.getEvent({ eventId: own[0].$id }), { $id: own[0].$id });
    const guest = new Activities(tenant.guest());
    await refused(guest.listEvents(), 401, 'general_unauthorized_scope');
  });
});
