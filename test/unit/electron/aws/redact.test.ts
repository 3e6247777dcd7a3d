import { expect, test } from 'vitest';
import { redact } from '../../../../electron/aws/redact.ts';

test('secrets are blanked in texts, fields and errors with their causes', () => {
  const error = new Error('GET https://b/k?X-Amz-Signature=abc123&x=1 failed', { cause: new Error('Authorization: Bearer tok-en_1') });
  const shown = JSON.stringify(
    redact({ accessKeyId: 'AKIA', secretAccessKey: 's3cr3t', nested: { sessionToken: 't0k3n', list: ['aws_secret_access_key = hush'] }, error }),
  );
  expect(shown).not.toMatch(/s3cr3t|t0k3n|hush|abc123|tok-en_1/);
  expect(shown).toContain('x=1');
});

test('what is no secret stays', () => {
  expect(redact({ bucket: 'b', code: 'CredentialsExpired', n: 3, none: null })).toEqual({ bucket: 'b', code: 'CredentialsExpired', n: 3, none: null });
});
