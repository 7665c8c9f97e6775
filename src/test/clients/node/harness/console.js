import { cookies, Wire } from './wire.js';

export const OWNER = { userId: 'owner', email: 'owner@example.org', password: 'correct horse' };

/** The first account of the console, which owns the installation. */
export async function createOwner(endpoint) {
  await new Wire(endpoint, { 'x-appwrite-project': 'console' }).ok('POST', '/account', {
    ...OWNER,
    name: 'Owner',
  });
}

/** The console as its owner sees it. */
export async function signInOwner(endpoint) {
  const wire = new Wire(endpoint, { 'x-appwrite-project': 'console' });
  const { email, password } = OWNER;
  const answer = await wire.send('POST', '/account/sessions/email', { email, password });
  if (answer.status !== 201) {
    throw new Error(`the owner cannot sign in: ${JSON.stringify(answer.body)}`);
  }
  return wire.with({ cookie: cookies(answer.headers) });
}
