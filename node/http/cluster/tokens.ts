import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * How the processes over one store know one another. The writer makes a secret for its term and leaves it in the store, with its
 * address (node/store/postgres/lease.ts): who can read that can read everything. Of the secret each of two things that a process may
 * say to the writer has a token of its own, so that no request of a stranger that is passed on turns into the other:
 *
 *     Ngr-Cluster: forwarded <token>    "this is a request of the client whose address ends X-Forwarded-For"
 *     Ngr-Cluster: call <token>         "this is my own", for what lies under /cluster
 */

export const CLUSTER_HEADER = 'ngr-cluster';
const clusterWords = ['forwarded', 'call'] as const;
type ClusterWord = (typeof clusterWords)[number];

/** What the header says. */
export function clusterToken(secret: string, word: ClusterWord): string {
  return `${word} ${createHmac('sha256', secret).update(`ngr/cluster/${word}`).digest('base64url')}`;
}

/** What a request says of itself, where it is from a process that knows the secret. */
export function clusterWordOf(header: unknown, secret: string): ClusterWord | undefined {
  if (typeof header !== 'string') return undefined;
  const given = Buffer.from(header);
  return clusterWords.find((word) => {
    const right = Buffer.from(clusterToken(secret, word));
    return given.length === right.length && timingSafeEqual(given, right);
  });
}
