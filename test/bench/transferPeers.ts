import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isInstalled, runPeer } from './peers.ts';
import { BUCKET, type Server } from './transferServers.ts';

/** A tool that copies between a path of this machine and `bucket/prefix`. */
export interface Peer {
  name: string;
  up(source: string, prefix: string): Promise<void>;
  down(prefix: string, target: string): Promise<void>;
}

/** rclone with `flags`, and awscli with 32 requests at a time, where they are installed. `tree`: folders, not single files. */
export async function peersOf(server: Server, folder: string, flags: string[], tree: boolean): Promise<Peer[]> {
  const { accessKeyId, secretAccessKey } = server.credentials;
  const config = path.join(folder, 'aws-config');
  await writeFile(config, '[default]\ns3 =\n  max_concurrent_requests = 32\n');
  const env = {
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_DEFAULT_REGION: server.region, AWS_REGION: server.region },
    ...{ AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL: server.endpoint, RCLONE_CONFIG: path.join(folder, 'none.conf') },
  };
  const remote = `:s3,provider=Other,env_auth=true,region=${server.region},endpoint='${server.endpoint}':${BUCKET}/`;
  const uri = `s3://${BUCKET}/`;
  const rclone = (from: string, to: string) => runPeer('rclone', [tree ? 'copy' : 'copyto', from, to, ...flags], env);
  const aws = (from: string, to: string) => runPeer('aws', ['s3', 'cp', from, to, '--quiet', ...(tree ? ['--recursive'] : [])], env);
  const peers: Peer[] = [];
  if (isInstalled('rclone')) peers.push({ name: `rclone ${flags.join(' ')}`, up: (at, prefix) => rclone(at, remote + prefix), down: (prefix, at) => rclone(remote + prefix, at) });
  if (isInstalled('aws')) peers.push({ name: 'aws s3 cp', up: (at, prefix) => aws(at, uri + prefix), down: (prefix, at) => aws(uri + prefix, at) });
  return peers;
}

export const remove = (at: string): Promise<void> => rm(at, { recursive: true, force: true });
