import { refuse, startAwsServer } from '../support/awsServer.ts';
import { expect, test } from './fixtures.ts';

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/analyst</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const buckets = `<ListAllMyBucketsResult><Buckets><Bucket><Name>after-sign-in</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`;

test('FAULTS 16: an expired sign-in is said once for the window; after Retry what failed is there by itself', async ({ served, secchi, page }) => {
  let signedIn = false;
  const aws = await startAwsServer((request, response) => {
    if (!signedIn) return refuse(request, response, 'ExpiredToken', 'The provided token has expired.');
    if (request.method === 'GET') return response.end(buckets);
    return response.end(request.headers['x-amz-target'] ? '{}' : identity);
  });
  try {
    await served.client.connections.create({ name: 'Production', kind: 'keys', region: 'us-east-1', endpoint: aws.endpoint, colour: 'red', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
    await page.reload();
    await secchi.ready();
    await secchi.part('Store');
    await secchi.connection().click();
    await page.getByRole('option', { name: /Production/ }).click();
    const notice = page.getByRole('alert').filter({ hasText: /sign-in of connection “Production” has expired/ });
    await expect(notice).toHaveCount(1);
    await expect(secchi.buckets().getByText('Signed out')).toBeVisible();

    const retry = notice.getByRole('button', { name: 'Retry' });
    const asked = aws.requests.length;
    await retry.click();
    await expect.poll(() => aws.requests.length).toBeGreaterThan(asked);
    await expect(retry, 'still expired').toBeEnabled();
    signedIn = true;
    await retry.click();
    await expect(secchi.buckets().getByText('after-sign-in')).toBeVisible();
    await expect(notice).toHaveCount(0);
    await expect(page.getByText('arn:aws:iam::123456789012:user/analyst')).toBeVisible();
  } finally {
    await aws.close();
  }
});
