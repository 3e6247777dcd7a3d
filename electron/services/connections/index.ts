import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { OK } from '../../../shared/contract/common.ts';
import type { Identity } from '../../../shared/contract/connections.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { ManagedConnections } from '../../aws/connections.ts';
import { discover } from '../../aws/profiles.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ServiceHandlers } from '../handlers.ts';

export function connectionsHandlers(aws: ManagedConnections): ServiceHandlers<typeof contract.connections> {
  /** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: needs no permission. */
  const identity = (connectionId: string, abortSignal?: AbortSignal): Promise<Identity> =>
    aws.attempt({ connectionId, action: 'sts:GetCallerIdentity', resource: `connection “${aws.get(connectionId).name}”` }, async ({ sts }) => {
      const { Account = '', Arn = '', UserId = '' } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
      const { expiration } = await sts.config.credentials();
      return { account: Account, arn: Arn, userId: UserId, region: await sts.config.region(), expiresAt: expiration?.toISOString() };
    });

  return {
    list: async () => aws.list(),
    discover,
    create: ({ input: { accessKeyId, secretAccessKey, sessionToken, ...wanted } }) =>
      aws.create(wanted, accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined),
    update: ({ input: { id, ...change } }) => aws.update(id, change),
    async remove({ input }) {
      await aws.remove(input.id);
      return OK;
    },
    identity: ({ input, signal }) => identity(input.connectionId, signal),
    watchMfa: async ({ signal }) => eventStream(aws.mfa, { signal }),
    async answerMfa({ input }) {
      aws.mfa.answer(input.id, input.code);
      return OK;
    },
    async dismissMfa({ input }) {
      aws.mfa.dismiss(input.id);
      return OK;
    },
    async refresh({ input, signal }) {
      aws.refresh(input.connectionId);
      return identity(input.connectionId, signal);
    },
  };
}
