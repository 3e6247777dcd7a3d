import { refuse, startAwsServer, type AwsServer } from '../../support/awsServer.ts';
import { closeTabs, connect, goTo, type Screen } from './scene.ts';

/** Every service refuses with this error. */
const refusing = (code: string, message: string): Promise<AwsServer> => startAwsServer((request, response) => refuse(request, response, code, message));

/** What the window shows where nothing answers, everything is denied, or the sign-in has ended. */
export async function troubledConnections(): Promise<{ screens: Screen[]; close(): Promise<unknown> }> {
  const silent = await startAwsServer(() => undefined);
  const denying = await refusing('AccessDenied', 'User: arn:aws:iam::123456789012:user/guest is not authorized to perform this action');
  const expired = await refusing('ExpiredToken', 'The provided token has expired.');
  const sql: Screen[1] = async ({ secchi, page }) => {
    await secchi.newSqlTab();
    await secchi.writeSql('SELECT 1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Enter');
  };
  const screens: Screen[] = [
    ['loading-trees', async (scene) => { await closeTabs(scene); await connect(scene, 'slow', silent.endpoint); await scene.page.getByText('Loading…').first().waitFor(); }],
    ['loading-objects', async (scene) => { await goTo(scene, 's3://reports/2026/'); await scene.page.getByText('Listing…').first().waitFor(); }],
    ['denied-trees', async (scene) => { await closeTabs(scene); await connect(scene, 'guest', denying.endpoint); await scene.page.getByText(/^Denied: /).first().waitFor(); }],
    ['denied-objects', async (scene) => { await goTo(scene, 's3://reports/2026/'); await scene.page.getByRole('alert').getByText('s3:ListBucket').first().waitFor(); }],
    ['denied-sql', async (scene) => { await sql(scene); await scene.page.getByRole('alert').getByText('athena:StartQueryExecution').first().waitFor(); }],
    ['signed-out', async (scene) => { await closeTabs(scene); await connect(scene, 'yesterday', expired.endpoint); await scene.page.getByRole('alert').getByText(/has expired/).first().waitFor(); }],
    ['connections-expired', async ({ secchi, page }) => { await secchi.command('Connect to AWS'); await page.getByRole('dialog').getByText('yesterday').first().click(); await page.getByRole('dialog').getByRole('alert').waitFor(); }],
  ];
  return { screens, close: () => Promise.all([silent.close(), denying.close(), expired.close()]) };
}
