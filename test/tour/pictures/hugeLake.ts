import { BatchCreatePartitionCommand, CreateDatabaseCommand, CreateTableCommand, GlueClient, type StorageDescriptor } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startLake } from '../../support/lake.ts';
import { closeTabs, connect, goTo, type Screen } from './scene.ts';

const TABLES = 1000;
const COLUMNS = 600;
const OBJECTS = 5000;
const AT_ONCE = 16;

const stored = (columns: number, location: string): StorageDescriptor => ({
  Columns: Array.from({ length: columns }, (_, i) => ({ Name: `column_${String(i).padStart(4, '0')}`, Type: ['string', 'int', 'double', 'struct<a:int,b:array<string>>'][i % 4]! })),
  Location: location,
  InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde' },
});

async function inParallel(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let index = next++; index < count; index = next++) await work(index);
  }));
}

/** A lake with more of everything than fits a screen. */
export async function hugeLake(): Promise<{ screens: Screen[]; close(): Promise<unknown> }> {
  const lake = await startLake({ empty: true });
  const s3 = new S3Client(lake.clientConfig);
  const glue = new GlueClient(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'huge' }));
  await inParallel(OBJECTS, (n) => s3.send(new PutObjectCommand({ Bucket: 'huge', Key: `logs/2026/part-${String(n).padStart(6, '0')}.csv`, Body: 'a,b\n1,2\n' })));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'huge' } }));
  await inParallel(TABLES, (n) => glue.send(new CreateTableCommand({ DatabaseName: 'huge', TableInput: { Name: `table_${String(n).padStart(5, '0')}`, TableType: 'EXTERNAL_TABLE', StorageDescriptor: stored(1, `s3://huge/tables/${n}/`) } })));
  await glue.send(new CreateTableCommand({ DatabaseName: 'huge', TableInput: { Name: 'a_wide', TableType: 'EXTERNAL_TABLE', PartitionKeys: [{ Name: 'day', Type: 'string' }], StorageDescriptor: stored(COLUMNS, 's3://huge/wide/') } }));
  await inParallel(30, (month) => glue.send(new BatchCreatePartitionCommand({
    DatabaseName: 'huge',
    TableName: 'a_wide',
    PartitionInputList: Array.from({ length: 100 }, (_, n) => ({ Values: [`${month}-${n}`], StorageDescriptor: stored(1, `s3://huge/wide/day=${month}-${n}/`) })),
  })));

  const table = (tab: RegExp): Screen[1] => ({ page }) => page.getByRole('tab', { name: tab }).last().click();
  const screens: Screen[] = [
    ['huge-objects', async (scene) => {
      await closeTabs(scene);
      await connect(scene, 'huge', lake.endpoint, lake.credentials);
      await goTo(scene, 's3://huge/logs/2026/');
      await scene.page.getByText(/5,000/).first().waitFor();
      await scene.secchi.objects().press('End');
      await scene.secchi.objects().getByText('part-004999.csv').waitFor();
    }],
    ['huge-catalog', async (scene) => {
      await scene.secchi.part('Analyse');
      const catalog = scene.secchi.catalog();
      await catalog.getByRole('treeitem', { name: 'huge', exact: true }).click();
      await scene.page.keyboard.press('ArrowRight');
      await catalog.getByRole('treeitem', { name: 'a_wide', exact: true }).dblclick();
      await scene.page.getByRole('tab', { name: /^Columns/ }).last().waitFor();
    }],
    ['huge-columns', async (scene) => { await table(/^Columns/)(scene); await scene.page.getByText('column_0000').first().waitFor(); }],
    ['huge-partitions', async (scene) => { await table(/^Partitions/)(scene); await scene.page.getByText('s3://huge/wide/day=0-0/').first().waitFor(); }],
  ];
  return { screens, close: () => lake.stop() };
}
