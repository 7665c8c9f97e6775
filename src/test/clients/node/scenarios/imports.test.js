// Users who bring a password that was hashed elsewhere: they sign in with it, and go on.
import assert from 'node:assert/strict';
import { createHash, scryptSync } from 'node:crypto';
import { before, test } from 'node:test';
import { Account, ID, Users } from 'node-appwrite';
import { holds, refused } from '../harness/expect.js';
import { sharedServer, Tenant } from '../harness/tenant.js';

const PLAIN = 'battery staple';
const digest = (kind) => createHash(kind).update(PLAIN).digest('hex');
const costs = { passwordCpu: 1024, passwordMemory: 8, passwordParallel: 1, passwordLength: 32 };

/** Method of the SDK, what it is given beside the user, and the password where it is another. */
const KINDS = [
  ['createArgon2User', {
    password: '$argon2id$v=19$m=1024,t=2,p=1$MfK6fYXJuusGShQj/MCocQ'
      + '$5nJf+Tzdl5Mfm2O1GMO6C7VYXVPOuxes2ikGLeF8HzU',
  }],
  ['createBcryptUser', {
    password: '$2b$05$MV0DG0gfvRY4osTpLu1hfesN.USCehkHIEg1mHwnQMl5J4W.PDogO',
  }],
  ['createMD5User', { password: digest('md5') }],
  ['createSHAUser', { password: digest('sha1') }],
  ['createSHAUser', { password: digest('sha256'), passwordVersion: 'sha256' }],
  ['createSHAUser', { password: digest('sha3-512'), passwordVersion: 'sha3-512' }],
  ['createPHPassUser', { password: '$P$6YQzpjhkRhWzsXl4/OfpC52wiUFkBB1' }],
  ['createScryptUser', {
    password: scryptSync(PLAIN, 'salt', 32, { N: 1024, r: 8, p: 1 }).toString('hex'),
    passwordSalt: 'salt',
    ...costs,
  }],
  ['createScryptModifiedUser', {
    password:
      'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    passwordSalt: '42xEC+ixf3L2lw==',
    passwordSaltSeparator: 'Bw==',
    passwordSignerKey:
      'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  }, 'user1password'],
];

let tenant;
let users;

before(async () => {
  tenant = await Tenant.create(await sharedServer());
  users = new Users(tenant.key());
});

for (const [method, params, plain = PLAIN] of KINDS) {
  test(`${method} ${params.passwordVersion ?? ''}`, async () => {
    const userId = ID.unique();
    const email = `${userId}@example.org`;
    const made = await users[method]({ userId, email, name: 'Guest', ...params });
    holds(made, { $id: userId, email, name: 'Guest' });
    const guest = new Account(tenant.guest());
    const wrong = guest.createEmailPasswordSession({ email, password: 'not the password' });
    await refused(wrong, 401, 'user_invalid_credentials');
    for (let time = 0; time < 2; time++) {
      const session = await guest.createEmailPasswordSession({ email, password: plain });
      assert.equal(session.userId, userId);
    }
    assert.match((await users.get({ userId })).hash, /^argon2/i, 'hashed anew');
  });
}
