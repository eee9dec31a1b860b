import { type OaiIdentify, type OaiPmhClient, readDatestamp } from '../../../../protocols/oai-pmh/index.ts';
import type { OaiPmhSourceConfig } from '../../../config/index.ts';
import type { Problem } from '../../issues/issue.ts';
import { chooseFormat } from './format-choice.ts';
import { problem, problemsOfIdentity } from './problems.ts';
import { DAY, FIRST_DATE } from './windows.ts';

/** Lists of sets can be as long as those of records. */
const MOST_SETS = 100_000;

/** How a repository is to be harvested, by what it says of itself. */
export interface Inspected {
  identity: OaiIdentify;
  /** Metadata format to ask for. */
  prefix: string;
  /** Where records may begin, milliseconds since 1970. */
  earliest: number;
  /** Sets that are configured, and that it does not have. */
  missing: ReadonlySet<string>;
  problems: Problem[];
}

export async function inspectRepository(
  client: OaiPmhClient,
  { url, metadataPrefix, sets }: Pick<OaiPmhSourceConfig, 'url' | 'metadataPrefix' | 'sets'>,
  now: number,
): Promise<Inspected> {
  const identity = await client.identify();
  const earliest = Date.parse(readDatestamp(identity.earliestDatestamp) ?? '');
  const isAbsurd = !(earliest >= 0 && earliest <= now + DAY);
  const problems = problemsOfIdentity(url, identity, isAbsurd);
  const prefix = metadataPrefix ?? (await chooseFormat(client, problems));
  const missing = sets.length === 0 ? new Set<string>() : await missingSets(client, sets);
  for (const set of missing) {
    problems.push(problem('OAI_UNKNOWN_SET', `The repository does not list the set ${set}.`, { about: set }));
  }
  return {
    identity,
    prefix,
    earliest: isAbsurd ? FIRST_DATE : Math.max(earliest, FIRST_DATE),
    missing,
    problems,
  };
}

async function missingSets(client: OaiPmhClient, wanted: readonly string[]): Promise<Set<string>> {
  const missing = new Set(wanted);
  let listed = 0;
  for await (const sets of client.listSets()) {
    for (const { spec } of sets) missing.delete(spec);
    listed += sets.length;
    if (missing.size === 0) return missing;
    // Whether the others are there is not worth as many requests.
    if (listed > MOST_SETS) return new Set();
  }
  return missing;
}
