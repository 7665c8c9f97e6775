import assert from 'node:assert/strict';
import { after } from 'node:test';
import { Account, Client, ID, Users } from 'node-appwrite';
import { createOwner, signInOwner } from './console.js';
import { Server } from './server.js';
import { Wire } from './wire.js';

/** What a key of these scenarios may do: everything that is asked of it. */
export const ALL_SCOPES = [
  'sessions.write', 'users.read', 'users.write', 'teams.read', 'teams.write', 'databases.read',
  'databases.write', 'collections.read', 'collections.write', 'tables.read', 'tables.write',
  'documents.read', 'documents.write', 'rows.read', 'rows.write', 'health.read', 'project.read',
  'project.write', 'keys.read', 'keys.write', 'platforms.read', 'platforms.write',
  'project.policies.read', 'project.policies.write',
];

/** The server of this run: the shared one, or one of this file's own. Stopped after the file. */
export async function sharedServer() {
  if (process.env.CLIENTS_ENDPOINT) {
    return { endpoint: process.env.CLIENTS_ENDPOINT };
  }
  return ownServer();
}

const started = [];

// Here, where the file is loaded: within a hook it would run when that hook ends.
after(async () => {
  for (const server of started) {
    const status = await server.stop();
    assert.equal(status, 0, `Celadon did not stop cleanly:\n${server.log}`);
  }
});

/** A server for this file alone, for what would disturb others. */
export async function ownServer(settings) {
  const server = await Server.start(settings);
  started.push(server);
  await createOwner(server.endpoint);
  return server;
}

let made = 0;

/** A project with a key, made the way a person at the console makes it. */
export class Tenant {
  constructor(endpoint, owner, projectId, secret) {
    this.endpoint = endpoint;
    this.owner = owner;
    this.projectId = projectId;
    this.secret = secret;
  }

  static async create(server, scopes = ALL_SCOPES) {
    const owner = await signInOwner(server.endpoint);
    const name = `p${process.pid.toString(36)}-${(made += 1)}-${Date.now().toString(36)}`;
    await owner.ok('POST', '/teams', { teamId: name, name: `Team ${name}` });
    await owner.ok('POST', '/projects', { projectId: name, name: 'Scenario', teamId: name });
    const key = await owner.ok('POST', `/projects/${name}/keys`, { name: 'all', scopes });
    await owner.ok('POST', `/projects/${name}/platforms`, {
      type: 'web',
      name: 'Site',
      hostname: 'app.example.org',
    });
    return new Tenant(server.endpoint, owner, name, key.secret);
  }

  /** The owner at work in this project, with a header that the console sends. */
  get admin() {
    return this.owner.with({
      'x-appwrite-project': this.projectId,
      'x-appwrite-mode': 'admin',
    });
  }

  /** Plain HTTP in this project, as a guest. */
  get wire() {
    return new Wire(this.endpoint, { 'x-appwrite-project': this.projectId });
  }

  guest() {
    return new Client().setEndpoint(this.endpoint).setProject(this.projectId);
  }

  key(secret = this.secret) {
    return this.guest().setKey(secret);
  }

  /** A client with a new key of these scopes only. */
  async keyWith(...scopes) {
    const path = `/projects/${this.projectId}/keys`;
    return this.key((await this.owner.ok('POST', path, { name: 'few', scopes })).secret);
  }

  /** A new user, signed in. */
  async user(name = 'User') {
    const credentials = { email: `${ID.unique()}@example.org`, password: 'battery staple' };
    const account = new Account(this.key());
    const { $id: userId } = await new Users(this.key()).create({
      userId: ID.unique(),
      ...credentials,
      name,
    });
    const session = await account.createEmailPasswordSession(credentials);
    const client = this.guest().setSession(session.secret);
    return { ...credentials, userId, session, client, account: new Account(client) };
  }
}
