import { AppError } from '../shared/errors.ts';

/** sessionStorage outlives a reload and ends with the tab; a cookie would be sent to every server on this host. */
const STORED = 'secchi.session';

async function exchange(key: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch('/session', { method: 'POST', body: JSON.stringify({ key }), headers: { 'content-type': 'application/json' } });
  } catch (error) {
    throw new AppError('Network', 'Secchi’s backend does not answer.', { detail: 'Is it still running? Start it again with npm start.', retryable: true, cause: error });
  }
  if (!response.ok) {
    throw new AppError('CredentialsMissing', 'The key in this address is not good any more.', { detail: 'Open the address Secchi printed at its start, or start it again.' });
  }
  return ((await response.json()) as { token: string }).token;
}

/** This tab's session token: stored, or got for the key in the address (`#key=…`), which leaves the address at once. */
export async function sessionToken(): Promise<string> {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(STORED, await exchange(key));
  }
  const token = sessionStorage.getItem(STORED);
  if (!token) throw new AppError('CredentialsMissing', 'This page was opened without its key.', { detail: 'Open the address Secchi printed at its start.' });
  return token;
}

export const forgetSession = (): void => sessionStorage.removeItem(STORED);

/** `fetch` to the backend's own bulk addresses (wantedSlice.url), with the bearer token. */
export async function fetchWithSession(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${await sessionToken()}` } });
}
