// What stands in no SDK: health, versions, limits, and what happens to nonsense.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Account, ID } from 'node-appwrite';
import { refusal, refused, same } from '../harness/expect.js';
import { ownServer, sharedServer, Tenant } from '../harness/tenant.js';
import { Wire } from '../harness/wire.js';

let server;
let tenant;
let bare;

before(async () => {
  server = await sharedServer();
  tenant = await Tenant.create(server);
  bare = new Wire(server.endpoint);
});

describe('public', () => {
  test('health, ping, version, document', async () => {
    const health = await bare.ok('GET', '/health');
    same(Object.keys(health).sort(), ['name', 'ping', 'status']);
    assert.equal(health.status, 'pass');
    assert.equal((await tenant.wire.send('GET', '/ping')).body, 'Pong!');
    const document = await bare.ok('GET', '/openapi.json');
    assert.match(document.openapi, /^3\.1\./);
    assert.ok(Object.keys(document.paths).length > 100);
    const page = await fetch(server.endpoint.replace('/v1', '/docs'));
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type'), /text\/html/);
  });

  test('more health for keys', async () => {
    const document = await bare.ok('GET', '/openapi.json');
    const key = tenant.wire.with({ 'x-appwrite-key': tenant.secret });
    const paths = Object.keys(document.paths)
      .filter((path) => path.startsWith('/v1/health/') && !path.includes('{'))
      .map((path) => path.slice('/v1'.length));
    assert.ok(paths.length > 15, `${paths}`);
    for (const path of paths.filter((path) => !/metrics|version/.test(path))) {
      const answer = await key.send('GET', path);
      assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`);
      refusal(await tenant.wire.send('GET', path), 401, 'general_unauthorized_scope');
    }
  });
});

describe('nonsense', () => {
  test('is a 4xx of the right type', async () => {
    refusal(await tenant.wire.send('GET', '/nothing'), 404, 'general_route_not_found');
    const nobody = bare.with({ 'x-appwrite-project': 'nobody' });
    refusal(await nobody.send('GET', '/account'), 404, 'project_not_found');
    const headers = { 'content-type': 'application/json', 'x-appwrite-project': tenant.projectId };
    for (const body of ['{', '[]', '"x"', '{"email":{"a":1}}', '['.repeat(500), '\u0000']) {
      const answer = await fetch(`${server.endpoint}/account`, { method: 'POST', headers, body });
      const { type } = await answer.json();
      assert.equal(answer.status, 400, `${body.slice(0, 9)}: ${type}`);
      assert.ok(['general_argument_invalid', 'general_bad_request'].includes(type), type);
    }
    const long = await tenant.wire.send('GET', `/account?x=${'y'.repeat(40_000)}`).catch((e) => e);
    assert.ok([400, 414, 431].includes(long.status), `${long.status}`);
  });

  test('a NUL in text is refused, not stored', async () => {
    const account = new Account(tenant.guest());
    const body = { userId: ID.unique(), email: 'n@example.org', password: 'battery staple' };
    await refused(account.create({ ...body, name: 'a\u0000b' }), 400, 'general_argument_invalid');
  });

  test('401 comes before 400', async () => {
    refusal(await tenant.wire.send('POST', '/users', {}), 401, 'general_unauthorized_scope');
  });
});

describe('limits', () => {
  test('count for guests, say so, and not for keys', async () => {
    const strict = await Tenant.create(await ownServer({ CELADON_LIMITS_ENABLED: 'true' }));
    const attempt = (headers) => {
      const body = { email: 'x@example.org', password: 'wrong password' };
      return strict.wire.send('POST', '/account/sessions/email', body, headers);
    };
    const first = await attempt();
    refusal(first, 401, 'user_invalid_credentials');
    const limit = Number(first.headers.get('x-ratelimit-limit'));
    assert.equal(Number(first.headers.get('x-ratelimit-remaining')), limit - 1);
    assert.ok(Number(first.headers.get('x-ratelimit-reset')) > Date.now() / 1000 - 1);
    for (let n = 1; n < limit; n++) await attempt();
    const over = await attempt();
    refusal(over, 429, 'general_rate_limit_exceeded');
    assert.equal(over.headers.get('x-ratelimit-remaining'), '0');
    const byKey = await attempt({ 'x-appwrite-key': strict.secret });
    refusal(byKey, 401, 'user_invalid_credentials');
  });
});
