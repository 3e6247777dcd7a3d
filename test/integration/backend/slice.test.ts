import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackend, type TestBackend } from '../../support/backend.ts';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend?.stop());

test('the local connection is there, is the default, and says who one is', async () => {
  const [local] = await backend.client.connections.list();
  expect(local).toMatchObject({ id: 'local', kind: 'local', readOnly: false });
  const identity = await backend.client.connections.identity({ connectionId: 'local' });
  expect(identity.account).toMatch(/^\d{12}$/);
  expect(identity.arn).toContain(identity.account);
});
