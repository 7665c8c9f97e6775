import { cookies, Wire } from './wire.js';

export const OWNER = { userId: 'owner', email: 'owner@example.org', password: 'correct horse' };

/** The first account of the console, which owns the installation. */
export async function createOwner(endpoint) {
  await new Wire(endpoint, { 'x-appwrite-project': 'console' }).ok('POST', '/account', {
    ...OWNER,
    name: 'Owner',
  });
}

const signedIn = new Map();

/**
 * The console as its owner sees it: one session for a server, whoever asks. A user keeps ten
 * sessions, so an owner that signed in anew each time would lose the one that others still use.
 */
export function signInOwner(endpoint) {
  const wire = new Wire(endpoint, { 'x-appwrite-project': 'console' });
  if (endpoint === process.env.CLIENTS_ENDPOINT && process.env.CLIENTS_OWNER) {
    return wire.with({ cookie: process.env.CLIENTS_OWNER });
  }
  if (!signedIn.has(endpoint)) {
    signedIn.set(endpoint, signIn(wire));
  }
  return signedIn.get(endpoint);
}

async function signIn(wire) {
  const { email, password } = OWNER;
  const answer = await wire.send('POST', '/account/sessions/email', { email, password });
  if (answer.status !== 201) {
    throw new Error(`the owner cannot sign in: ${JSON.stringify(answer.body)}`);
  }
  return wire.with({ cookie: cookies(answer.headers) });
}
