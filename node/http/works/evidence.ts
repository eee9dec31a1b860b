import { contextUrl } from '../../../vocab/context.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Duplicates, Why } from '../../analysis/duplicates/index.ts';
import type { Site } from '../site.ts';

/** Of a work of many records each is held against its first few, … */
const COMPARED = 10;
/** … and those beyond so many are listed without what joins them: a work of hundreds is hardly an honest one. */
const MOST_EXPLAINED = 50;

/** What joins a record to each other of its work, by the key of that. */
export async function evidenceBeside(
  duplicates: Pick<Duplicates, 'why'>,
  key: string,
  { records, most = MOST_EXPLAINED }: { records: readonly { key: string }[]; most?: number },
): Promise<Map<string, Why>> {
  const others = records.filter((record) => record.key !== key).slice(0, most);
  const found = await Promise.all(others.map((other) => duplicates.why(key, other.key)));
  return new Map(
    others.flatMap(({ key: other }, i): [string, Why][] => {
      const why = found[i];
      return why === undefined ? [] : [[other, why]];
    }),
  );
}

/** For each record of a work what joins it to the one with which it has most in common, by its key. */
export async function strongestEvidence(
  duplicates: Pick<Duplicates, 'why'>,
  { records }: { records: readonly { key: string }[] },
): Promise<Map<string, Why>> {
  const strongest = new Map<string, Why>();
  for (const { key } of records.slice(0, MOST_EXPLAINED)) {
    const others = records.filter((other) => other.key !== key).slice(0, COMPARED);
    const found = await Promise.all(others.map((other) => duplicates.why(key, other.key)));
    const [best] = found
      .filter((why) => why !== undefined)
      .sort((a, b) => Number(isIndirect(a)) - Number(isIndirect(b)) || b.bits - a.bits);
    if (best !== undefined) strongest.set(key, best);
  }
  return strongest;
}

const isIndirect = ({ path }: Why): boolean => path !== undefined;

/** What joins a record to another of its work, as properties of its item in a list; `reasons` in short, for people, what tells most first. */
export function evidenceProperties(why: Why | undefined): { reasons: string[]; evidence?: JsonLdObject } {
  if (why === undefined) return { reasons: [] };
  if (why.statement !== undefined) return { reasons: ['statement of this node'], evidence: judgement(why) };
  const speaking = isIndirect(why)
    ? []
    : why.evidence.filter(({ bits, of }) => bits > 0 && of !== undefined).sort((a, b) => b.bits - a.bits);
  return {
    reasons: speaking.map(({ feature, of: [text] = [''] }) =>
      feature === 'identifiers' ? text : `${feature}: ${text}`,
    ),
    evidence: judgement(why),
  };
}

/** Two records held against one another: whether they are of one work here, and why. */
export function comparisonDocument(
  site: Site,
  [key, other]: readonly [string, string],
  why: Why,
): JsonLdObject {
  const address = (record: string): string => `${site.base}/records/${record}`;
  return {
    '@context': contextUrl(site.base),
    id: `${address(key)}/duplicates/${other}`,
    type: 'Comparison',
    subject: address(key),
    object: address(other),
    ...judgement(why),
    ...(why.path !== undefined && { path: why.path.map(address) }),
  };
}

function judgement({ verdict, bits, needed, evidence, vetoes, statement }: Why): JsonLdObject {
  return {
    verdict,
    bits,
    needed,
    evidence: evidence.map(({ of: compared, ...level }) => ({ ...level, ...(compared && { compared }) })),
    vetoes: vetoes.map(({ of: compared, veto }) => ({ veto, ...(compared && { compared }) })),
    ...(statement !== undefined && { statement }),
  };
}
