// Tables as files: exported by reading a stream, imported by writing one, gone on after a break.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { holds } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';
import { vocabulary } from '../harness/vocabularies.js';

const ROWS = 2_000;

let tenant;
let say;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  say = vocabulary('tablesDB', tenant.key());
  for (const tableId of ['from', 'to', 'broken']) {
    const place = { databaseId: 'default', tableId };
    await say.call('createTable', { ...place, name: tableId });
    const column = { ...place, required: false };
    await say.call('createVarcharColumn', { ...column, key: 'title', size: 200 });
    await say.call('createIntegerColumn', { ...column, key: 'number', min: 0 });
    await say.call('createBooleanColumn', { ...column, key: 'tags', array: true });
  }
});

function ask(path, init = {}) {
  const headers = {
    'x-appwrite-project': tenant.projectId,
    'x-appwrite-key': tenant.secret,
    ...init.headers,
  };
  const url = `${tenant.endpoint}/tablesdb/default/tables/${path}`;
  return fetch(url, { ...init, headers });
}

function bring(path, body, type = 'text/csv') {
  const headers = { 'content-type': type };
  return ask(path, { method: 'POST', headers, body, duplex: 'half' });
}

/** A file that is made while it is sent. */
function* lines(from, to) {
  if (from === 0) yield '$id,title,number,tags\n';
  for (let i = from; i < to; i += 1) yield `r${i},"say ""${i}"",\nthen go",${i},"[true,false]"\n`;
}

function stream(pieces) {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

describe('a table as a file', () => {
  test('comes as a stream and is stored at once', async () => {
    const answer = await bring('from/imports', stream(lines(0, ROWS)));
    assert.equal(answer.status, 202);
    holds(await answer.json(), { status: 'completed', stored: ROWS, bad: 0, errors: [] });
    const row = await say.call('getRow', { databaseId: 'default', tableId: 'from', rowId: 'r7' });
    holds(row, { title: 'say "7",\nthen go', number: 7, tags: [true, false] });
  });

  test('goes as a stream, and comes back the same', async () => {
    for (const [format, type] of [['csv', 'text/csv'], ['jsonl', 'application/x-ndjson']]) {
      const answer = await ask(`from/export?format=${format}`);
      assert.equal(answer.status, 200);
      assert.ok(answer.headers.get('content-type').startsWith(type));
      // Straight from one answer into the next request.
      const copied = await bring(`to/imports?importId=${format}&onError=skip`, answer.body, type);
      const done = await copied.json();
      holds(done, format === 'csv' ? { stored: ROWS, bad: 0 } : { stored: 0, bad: ROWS });
    }
    const [one, other] = await Promise.all(
      ['from', 'to'].map(async (table) => (await ask(`${table}/export`)).text()),
    );
    assert.equal(one, other);
    assert.equal(one.trimEnd().split('\n').length, ROWS);
  });

  test('tells bad lines and stores none', async () => {
    const answer = await bring('broken/imports', 'title,number\nok,1\n"two\nlines",x\nok,-1\n');
    assert.equal(answer.status, 400);
    const error = await answer.json();
    assert.equal(error.type, 'row_invalid_structure');
    holds(error.import, { status: 'failed', good: 1, bad: 2, stored: 0 });
    assert.deepEqual(error.import.errors.map(({ line, column }) => [line, column]), [
      [3, 'number'],
      [5, 'number'],
    ]);
  });

  test('goes on where it was broken off', async () => {
    let made = '';
    function* broken() {
      for (const line of lines(0, ROWS)) {
        made += line;
        if (made.length > 60_000) throw new Error('the wire is cut');
        yield line;
      }
    }
    await assert.rejects(bring('broken/imports?importId=mine', stream(broken())));
    let state = {};
    for (let tries = 0; tries < 100 && !(state.bytes > 0); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      state = await (await ask('broken/imports/mine')).json();
    }
    holds(state, { status: 'open', stored: 0 });
    const file = new TextEncoder().encode([...lines(0, ROWS)].join(''));
    const rest = file.slice(state.bytes);
    const answer = await bring(`broken/imports?importId=mine&offset=${state.bytes}`, rest);
    holds(await answer.json(), { status: 'completed', stored: ROWS, bytes: file.length });
    const list = await say.call('listRows', { databaseId: 'default', tableId: 'broken' });
    assert.equal(list.total, ROWS);
  });
});
