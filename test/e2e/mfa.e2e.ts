import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuse, startAwsServer } from '../support/awsServer.ts';
import { startBackend } from '../support/backend.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { expect, test } from './fixtures.ts';

const xml = (action: string, inner: string) => `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result></${action}Response>`;
const BUCKETS = '<ListAllMyBucketsResult><Buckets><Bucket><Name>seen-by-admin</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>';

test('a profile whose role needs an MFA code: asked once for the window, a wrong code again, and what waited goes on', async ({ page, folder, pageErrors }) => {
  void pageErrors;
  const aws = await startAwsServer((request, response) => {
    const asked = new URLSearchParams(request.body);
    if (asked.get('Action') === 'AssumeRole') {
      if (asked.get('TokenCode') !== '123456') return refuse(request, response, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ');
      const expires = new Date(Date.now() + 3_600_000).toISOString();
      return response.end(xml('AssumeRole', `<Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials>`));
    }
    if (asked.get('Action')) return response.end(xml('GetCallerIdentity', '<Arn>arn:aws:sts::123456789012:assumed-role/Admin/me</Arn><UserId>u</UserId><Account>123456789012</Account>'));
    return response.end(request.method === 'GET' ? BUCKETS : '{}');
  });
  writeFileSync(path.join(folder, 'config'), `[profile base]\naws_access_key_id = AKIA\naws_secret_access_key = s\n[profile admin]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\nendpoint_url = ${aws.endpoint}\n`);
  const served = await startBackend({ env: { AWS_CONFIG_FILE: path.join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials') } });
  try {
    await page.goto(served.url);
    const secchi = new SecchiWindow(page);
    await secchi.ready();
    await secchi.part('Store');
    await secchi.command('Connect to AWS…');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('admin', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByRole('button', { name: 'Switch to it' }).click();

    const notice = page.getByRole('form', { name: /asks for the code/ });
    await expect(notice).toHaveCount(1);
    await expect(notice).toContainText('arn:aws:iam::123456789012:mfa/me');
    const code = notice.getByRole('textbox', { name: 'MFA code' });
    await code.fill('12 34');
    await expect(notice.getByRole('button', { name: 'Sign in' })).toBeDisabled();
    await code.fill('000000');
    await code.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
    await notice.getByRole('button', { name: 'Not now' }).click();
    await expect(notice).toHaveCount(0);
    await page.getByRole('alert').filter({ hasText: 'none was given' }).first().getByRole('button', { name: 'Retry' }).click();
    await code.fill('123456');
    await code.press('Enter');
    await expect(secchi.buckets().getByText('seen-by-admin')).toBeVisible();
    await expect(page.getByText('assumed-role/Admin/me')).toBeVisible();
    await expect(notice).toHaveCount(0);
  } finally {
    await page.close();
    await served.stop();
    await aws.close();
  }
});
