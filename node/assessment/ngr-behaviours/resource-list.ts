import {
  findSets,
  type Entry,
  type ListCapability,
  type SyncSet,
} from '../../../protocols/resourcesync/index.ts';
import { CheckFailed } from '../errors.ts';
import type { Visitor } from '../visitor.ts';

/** What ResourceSync offers, found from the well-known place (ANSI/NISO Z39.99-2017, section 6.3). A node has one set. */
async function findSet(visitor: Visitor): Promise<SyncSet> {
  const { sets } = await findSets(visitor.sync, wellKnown(visitor));
  const [set] = sets;
  if (set === undefined) {
    throw new CheckFailed({ kind: 'lacks', address: wellKnown(visitor), what: 'capabilitylist' });
  }
  return set;
}

export function wellKnown({ base }: Visitor): string {
  return `${base}/.well-known/resourcesync`;
}

/** The address of a list or dump. @throws CheckFailed where the node does not offer it */
export async function offeredList(visitor: Visitor, capability: ListCapability): Promise<string> {
  const { id, documents } = await visitor.once(findSet);
  const address = documents[capability];
  if (address === undefined) throw new CheckFailed({ kind: 'lacks', address: id, what: capability });
  return address;
}

/** The address of the Capability List. */
export async function capabilityList(visitor: Visitor): Promise<string> {
  return (await visitor.once(findSet)).id;
}

/** The first resource of a list; `undefined` where it is empty. */
export async function firstResource(visitor: Visitor, address: string): Promise<Entry | undefined> {
  return (await visitor.entries(address))[0];
}
