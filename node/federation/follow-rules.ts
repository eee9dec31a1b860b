import type { NodeId } from '../../vocab/record.ts';

export interface FollowRules {
  /** `network`: every node of the network is followed. `listed`: only those on the allow list. */
  mode: 'network' | 'listed';
  allow: readonly NodeId[];
  deny: readonly NodeId[];
}

export interface FollowDecision {
  followed: boolean;
  why: 'self' | 'deny list' | 'allow list' | 'network' | 'not on the allow list';
}

/** Whether a node's feed is followed. The deny list wins over the allow list, and the allow list over the mode. */
export function decideFollow(rules: FollowRules, node: NodeId): FollowDecision {
  if (rules.deny.includes(node)) return { followed: false, why: 'deny list' };
  if (rules.allow.includes(node)) return { followed: true, why: 'allow list' };
  return rules.mode === 'network'
    ? { followed: true, why: 'network' }
    : { followed: false, why: 'not on the allow list' };
}
