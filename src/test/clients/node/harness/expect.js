import assert from 'node:assert/strict';
import { inspect } from 'node:util';

/** The call is refused with this status and this type, and says why. */
export async function refused(promise, code, type) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    assert.equal(error.type, type, `${error.type}: ${error.message}`);
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.length > 3, 'a refusal says why');
    return;
  }
  assert.fail(`expected ${type}, got ${JSON.stringify(answer)}`);
}

/** An answer of plain HTTP is this refusal. */
export function refusal(answer, status, type) {
  assert.equal(answer.body.type, type, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
  assert.equal(answer.body.code, status);
  assert.equal(typeof answer.body.message, 'string');
  assert.equal(typeof answer.body.version, 'string');
}

/** Equal in depth; the SDKs parse into objects without a prototype, which is no difference. */
export function same(actual, expected, message) {
  assert.deepEqual(structuredClone(actual), structuredClone(expected), message);
}

/** Every given field has the given value. */
export function holds(actual, expected) {
  for (const [field, value] of Object.entries(expected)) {
    same(actual[field], value, `${field} of ${inspect(actual)}`);
  }
}

export const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;

/** Header and payload of a token of three parts. */
export function decodeJwt(token) {
  const parts = token.split('.');
  assert.equal(parts.length, 3, 'a JWT has three parts');
  return parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
}

/** What the SDK makes of an answer without a body. */
export const EMPTY = { message: '' };
