import {
  CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectCommand, PutBucketCorsCommand, PutBucketLifecycleConfigurationCommand, PutBucketTaggingCommand,
  PutBucketVersioningCommand, PutObjectCommand, S3Client, UploadPartCommand, type PutObjectCommandInput, type StorageClass,
} from '@aws-sdk/client-s3';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import avro from 'avsc';
import { tarOf, zipOfOne } from '../../support/archives.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { pdfOf } from '../../support/pdf.ts';
import { vegaFile } from '../../support/samples.ts';

const EUC_KR = Buffer.from([0xbc, 0xad, 0xbf, 0xef, 0x20, 0xc1, 0xbe, 0xb7, 0xce, 0xb1, 0xb8, 0x0a, 0xba, 0xce, 0xbb, 0xea, 0x20, 0xc7, 0xd8, 0xbf, 0xee, 0xb4, 0xeb, 0xb1, 0xb8, 0x0a]);
const PEOPLE = 'city,country,people,area_km2\nSeoul,KR,9411000,605.2\nLagos,NG,15388000,1171.3\n"São Paulo",BR,12325000,1521.1\n"Washington, D.C.",US,689545,177\n,,,\n';

function avroFile(): Promise<Buffer> {
  const type = avro.Type.forSchema({ type: 'record', name: 'Account', fields: [{ name: 'id', type: 'long' }, { name: 'name', type: 'string' }, { name: 'balance', type: ['null', 'double'] }] });
  const encoder = new avro.streams.BlockEncoder(type, { codec: 'deflate' });
  for (let id = 0; id < 300; id += 1) encoder.write({ id, name: `account ${id}`, balance: id % 7 === 0 ? null : id * 12.5 });
  encoder.end();
  return encoder.toArray().then((blocks) => Buffer.concat(blocks as Buffer[]));
}

/** One object of every kind a preview knows, by its name below `inside/`. */
const inside: Record<string, () => Buffer | string | Promise<Buffer>> = {
  'airports.csv': () => readFileSync(vegaFile('airports.csv')),
  'accounts.avro': avroFile,
  'bad.parquet': () => Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5000, 7), Buffer.from([0xff, 0xff, 0xff, 0x7f]), Buffer.from('PAR1')]),
  'cities.csv.gz': () => gzipSync(PEOPLE),
  'cities.tsv': () => PEOPLE.replaceAll(',', '\t'),
  'data.orc': () => Buffer.concat([Buffer.from('ORC'), Buffer.alloc(600, 3)]),
  'empty.txt': () => '',
  'events.jsonl': () => Array.from({ length: 40 }, (_, n) => JSON.stringify({ id: n, user: { name: `user ${n}`, tags: ['a', 'b'] }, at: `2026-03-${String((n % 28) + 1).padStart(2, '0')}T10:00:00Z` })).join('\n'),
  'firmware.bin': () => Buffer.from(Array.from({ length: 40_000 }, (_, n) => (n * 2654435761) >>> 24)),
  'logs.tar.gz': () => gzipSync(tarOf({ 'logs/': '', 'logs/a.log': 'first line\n', 'logs/b.csv': 'x,y\n1,2\n' })),
  'map.png': () => readFileSync(vegaFile('7zip.png')),
  'notes.md': () => '# Runbook\n\nWhat to do when the *nightly* job fails.\n\n1. Look at `s3://warehouse/logs/`\n2. Ask the on-call\n\n| step | owner |\n| --- | --- |\n| load | data |\n| check | ops |\n\n> Keep calm.\n',
  'paper.pdf': () => pdfOf(12, 2000),
  'settings.json': () => JSON.stringify({ region: 'eu-west-1', retries: 3, features: { search: true, tiers: ['hot', 'cold'] } }, null, 2),
  'site.zip': () => zipOfOne('data/rows.csv', Buffer.from(PEOPLE)),
  'korean.txt': () => EUC_KR,
};
/** A report's size in bytes and its class. */
const CLASSES: StorageClass[] = ['STANDARD', 'STANDARD', 'STANDARD', 'STANDARD_IA', 'GLACIER_IR', 'INTELLIGENT_TIERING', 'GLACIER', 'DEEP_ARCHIVE'];

/** A lake with every state the S3 screens have something to say about: versions, markers, classes, rules, unfinished uploads. */
export async function storeLake(): Promise<TestLake> {
  const lake = await startLake({ empty: true });
  const s3 = new S3Client(lake.clientConfig);
  const Bucket = 'warehouse';
  const put = (Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  for (const name of [Bucket, 'archive-eu', 'empty-one', 'scratch']) await s3.send(new CreateBucketCommand({ Bucket: name }));
  for (const [name, content] of Object.entries(inside)) await put(`inside/${name}`, await content());
  for (let n = 0; n < 48; n += 1) {
    await put(`reports/2026/${['sales', 'stock', 'returns'][n % 3]}/report-${String(n).padStart(3, '0')}.csv`, Buffer.alloc(2000 + n * 7919, 65), { StorageClass: CLASSES[n % CLASSES.length] });
  }
  await put('reports/2026/summary.csv', PEOPLE, {
    ContentType: 'text/csv', CacheControl: 'max-age=3600', Metadata: { owner: 'finance', source: 'nightly job 12' }, Tagging: 'team=finance&quarter=2026-Q1',
  });
  await put('reports/2026/plan.csv', PEOPLE, { ContentType: 'text/csv', Metadata: { owner: 'planning' }, Tagging: 'team=planning' });
  await put('reports/2026/2025-archive.csv', Buffer.alloc(90_000, 66), { StorageClass: 'GLACIER' });
  await put('reports/2026/매출 요약 (최종)/3월 보고서 – 서울·부산 지점별 합계.csv', PEOPLE);
  await put(`reports/2026/${'a-very-long-name-that-does-not-fit-into-the-column-'.repeat(3)}end.csv`, PEOPLE);

  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (let n = 1; n <= 4; n += 1) await put('config/settings.json', JSON.stringify({ version: n, retries: n * 2, regions: ['eu-west-1', ...(n > 2 ? ['us-east-1'] : [])], owner: n > 3 ? 'platform' : 'data' }, null, 2), { ContentType: 'application/json', Metadata: { release: `r${n}` } });
  await put('config/logo.png', readFileSync(vegaFile('7zip.png')), { ContentType: 'image/png' });
  await put('config/logo.png', readFileSync(vegaFile('ffox.png')), { ContentType: 'image/png' });
  await put('config/removed.yaml', 'a: 1\n');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'config/removed.yaml' }));

  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'data-platform' }, { Key: 'cost-centre', Value: '4711' }] } }));
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['https://reports.example.com'], AllowedHeaders: ['*'], MaxAgeSeconds: 3000 }] } }));
  await s3.send(new PutBucketLifecycleConfigurationCommand({
    Bucket,
    LifecycleConfiguration: {
      Rules: [
        { ID: 'reports to Glacier', Status: 'Enabled', Filter: { Prefix: 'reports/' }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 90, StorageClass: 'GLACIER' }], NoncurrentVersionExpiration: { NoncurrentDays: 60 } },
        { ID: 'abort uploads', Status: 'Enabled', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        { ID: 'scratch', Status: 'Disabled', Filter: { And: { Prefix: 'scratch/', Tags: [{ Key: 'temporary', Value: 'yes' }] } }, Expiration: { Days: 14 } },
      ],
    },
  }));
  for (const Key of ['uploads/video-2026-03-01.mp4', 'uploads/backup of the warehouse.tar', 'uploads/원본/영상.mov']) {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    for (const PartNumber of [1, 2]) await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: Buffer.alloc(5 * 1024 * 1024) }));
  }
  s3.destroy();
  return lake;
}
