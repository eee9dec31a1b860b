import type { NodeId } from '../../../vocab/record.ts';
import type { Proof } from './proofs.ts';

export interface FollowRules {
  /** `network`: every node of the networks is followed. `listed`: only those on the allow list. */
  mode: 'network' | 'listed';
  /** The networks whose nodes are followed. */
  networks: readonly string[];
  /** Whether the domain of a node's base URL has to name it as its own. */
  proof: 'required' | 'shown';
  allow: readonly NodeId[];
  deny: readonly NodeId[];
}

export interface FollowDecision {
  followed: boolean;
  why:
    | 'self'
    | 'deny list'
    | 'allow list'
    | 'network'
    | 'not on the allow list'
    | 'not known yet'
    | 'another network'
    | 'not proved'
    | 'over its quota'
    | 'two histories'
    | 'not who it says'
    | 'another key now'
    | 'key lost lately';
}

/** Why a node of ours is not followed though nothing speaks against it: there is too much of it, or the rules name others. */
const LEFT_OUT: readonly FollowDecision['why'][] = [
  'not on the allow list',
  'another network',
  'over its quota',
];

/** Whether a node that is not followed may be asked for single records: it is as good as one that is, but left out. */
export function mayBeAsked({ followed, why }: FollowDecision, proof: Proof, rules: FollowRules): boolean {
  if (followed || !LEFT_OUT.includes(why) || proof === 'contradicted') return false;
  return rules.proof === 'shown' || proof === 'proved';
}

/** Whether nothing of a node is to be kept beside its feed: the feed is here in whole, or the node is not to be dealt with. */
export function isExcluded({ followed, why }: FollowDecision): boolean {
  return followed || why === 'deny list' || why === 'two histories' || why === 'not who it says';
}

/**
 * Whether a node's feed is followed. The deny list wins over the allow list, and the allow list over the rest: whoever is
 * named by its id needs neither a common network nor a proof. A feed over its quota is not followed in any case.
 *
 * @param about what is known of the node: the networks of its newest head where one is known, and whether its
 *   domain names it; the ids that it had before, by which rules may name it too; whether it goes on under another id, or
 *   is said to go on for one whose key is lost; whether its feed is more than may be kept; whether it was caught
 *   telling two histories
 */
export function decideFollow(
  rules: FollowRules,
  node: NodeId,
  about: {
    networks: readonly string[] | undefined;
    proof: Proof;
    predecessors: readonly NodeId[];
    isSucceeded: boolean;
    isWaiting: boolean;
    isOverQuota: boolean;
    isForked: boolean;
  },
): FollowDecision {
  const isOn = (list: readonly NodeId[]): boolean =>
    list.includes(node) || about.predecessors.some((former) => list.includes(former));
  if (isOn(rules.deny)) return { followed: false, why: 'deny list' };
  if (about.isSucceeded) return { followed: false, why: 'another key now' };
  if (about.isForked) return { followed: false, why: 'two histories' };
  if (about.isOverQuota) return { followed: false, why: 'over its quota' };
  if (isOn(rules.allow)) return { followed: true, why: 'allow list' };
  if (about.isWaiting) return { followed: false, why: 'key lost lately' };
  if (rules.mode === 'listed') return { followed: false, why: 'not on the allow list' };
  if (about.networks === undefined) return { followed: false, why: 'not known yet' };
  if (!about.networks.some((network) => rules.networks.includes(network)))
    return { followed: false, why: 'another network' };
  if (about.proof === 'contradicted') return { followed: false, why: 'not who it says' };
  if (about.proof !== 'proved' && rules.proof === 'required') return { followed: false, why: 'not proved' };
  return { followed: true, why: 'network' };
}
