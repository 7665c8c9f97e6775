// The story of the product's guide, from the first account to a row that a guest reads.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Account, ID, Permission, Query, Role, TablesDB } from 'node-appwrite';
import { decodeJwt, EMPTY, holds, refused, same, TIME } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

const place = { databaseId: 'default', tableId: 'posts' };
let tenant;
let author;
let reader;
let post;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
});

/** Signs up as a guest and in through a server, which sees the secret. */
async function signUp(name) {
  const credentials = { email: `${name}@example.org`, password: 'correct horse' };
  const account = await new Account(tenant.guest()).create({
    userId: ID.unique(),
    ...credentials,
    name,
  });
  holds(account, { name, email: credentials.email, status: true, labels: [], prefs: {} });
  assert.match(account.registration, TIME);
  assert.match(account.$id, /^[0-9a-f]{20}$/);
  assert.equal('password' in account, false);
  const session = await new Account(tenant.key()).createEmailPasswordSession(credentials);
  return { id: account.$id, session, client: tenant.guest().setSession(session.secret) };
}

test('an account, and a session whose secret is a JWT', async () => {
  author = await signUp('ada');
  reader = await signUp('ben');
  const [header, payload] = decodeJwt(author.session.secret);
  assert.equal(header.alg, 'HS256');
  assert.equal(typeof header.kid, 'string');
  assert.ok(JSON.stringify(payload).includes(author.session.$id), 'it names the stored session');
  holds(author.session, { userId: author.id, provider: 'email', providerUid: 'ada@example.org' });
  holds(await new Account(author.client).get(), { $id: author.id, name: 'ada' });
});

test('a browser gets the session as a cookie and no secret', async () => {
  const body = { email: 'ada@example.org', password: 'correct horse' };
  for (const path of ['/account/sessions/email', '/account/sessions']) {
    const answer = await tenant.wire.send('POST', path, body);
    assert.equal(answer.status, 201);
    assert.equal(answer.body.secret, '');
    const set = answer.headers.getSetCookie();
    const cookie = set.find((line) => line.startsWith(`a_session_${tenant.projectId}=`));
    assert.match(cookie, /httponly/i);
    assert.ok(set.some((line) => line.startsWith(`a_session_${tenant.projectId}_legacy=`)));
    const secret = cookie.split(';')[0].split('=')[1];
    decodeJwt(decodeURIComponent(secret));
    const me = await tenant.wire.ok('GET', '/account', undefined, { cookie: cookie.split(';')[0] });
    assert.equal(me.$id, author.id);
  }
});

test('a table of posts in the database that every project has', async () => {
  const tables = new TablesDB(tenant.key());
  holds(await tables.get({ databaseId: 'default' }), { $id: 'default', enabled: true });
  const permissions = [Permission.create(Role.users())];
  const posts = { ...place, name: 'Posts', permissions, rowSecurity: true };
  const table = await tables.createTable(posts);
  holds(table, { $id: 'posts', databaseId: 'default', rowSecurity: true });
  holds(table, { columns: [], indexes: [] });
  const columns = [
    await tables.createVarcharColumn({ ...place, key: 'title', size: 200, required: true }),
    await tables.createTextColumn({ ...place, key: 'content', required: false }),
    await tables.createStringColumn({ ...place, key: 'authorId', size: 36, required: false }),
    await tables.createDatetimeColumn({ ...place, key: 'createdAt', required: false }),
  ];
  for (const column of columns) {
    assert.equal(column.status, 'available');
  }
});

test('the author writes a row that anybody may read', async () => {
  post = await new TablesDB(author.client).createRow({
    ...place,
    rowId: ID.unique(),
    data: {
      title: 'Hello',
      content: 'From the guide',
      authorId: author.id,
      createdAt: '2026-01-31T09:30:00.000+00:00',
    },
    permissions: [Permission.read(Role.any()), Permission.write(Role.user(author.id))],
  });
  holds(post, {
    title: 'Hello',
    content: 'From the guide',
    authorId: author.id,
    createdAt: '2026-01-31T09:30:00.000+00:00',
    $tableId: 'posts',
    $databaseId: 'default',
  });
  assert.match(post.$createdAt, TIME);
  const mine = Role.user(author.id);
  const own = [Permission.update(mine), Permission.delete(mine)];
  for (const permission of [Permission.read(Role.any()), ...own]) {
    assert.ok(post.$permissions.includes(permission), permission);
  }
});

test('a second user reads it and may change nothing', async () => {
  const tables = new TablesDB(reader.client);
  const row = { ...place, rowId: post.$id };
  holds(await tables.getRow(row), { title: 'Hello' });
  await refused(tables.updateRow({ ...row, data: { title: 'Mine' } }), 401, 'user_unauthorized');
  await refused(tables.deleteRow(row), 401, 'user_unauthorized');
  holds(await tables.getRow(row), { title: 'Hello' });
});

test('a guest lists it and may not write', async () => {
  const tables = new TablesDB(tenant.guest());
  const page = await tables.listRows({ ...place, queries: [Query.equal('title', 'Hello')] });
  assert.equal(page.total, 1);
  holds(page.rows[0], { $id: post.$id, authorId: author.id });
  const row = { ...place, rowId: ID.unique(), data: { title: 'No' } };
  await refused(tables.createRow(row), 401, 'user_unauthorized');
});

test('a row without permissions is its author\'s alone', async () => {
  const own = await new TablesDB(author.client).createRow({
    ...place,
    rowId: ID.unique(),
    data: { title: 'Draft' },
  });
  const row = { ...place, rowId: own.$id };
  holds(await new TablesDB(author.client).getRow(row), { title: 'Draft' });
  await refused(new TablesDB(reader.client).getRow(row), 404, 'row_not_found');
  await refused(new TablesDB(tenant.guest()).getRow(row), 404, 'row_not_found');
  assert.equal((await new TablesDB(tenant.guest()).listRows(place)).total, 1);
});

test('the author changes and deletes the post', async () => {
  const tables = new TablesDB(author.client);
  const row = { ...place, rowId: post.$id };
  const changed = await tables.updateRow({ ...row, data: { title: 'Hello again' } });
  holds(changed, { title: 'Hello again', content: 'From the guide' });
  same(await tables.deleteRow(row), EMPTY);
  await refused(tables.getRow(row), 404, 'row_not_found');
});

test('the session ends at once', async () => {
  const account = new Account(author.client);
  await account.deleteSession({ sessionId: 'current' });
  await refused(account.get(), 401, 'general_unauthorized_scope');
});
