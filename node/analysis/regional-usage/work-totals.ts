import { noUse, sumOf } from '../../../protocols/counter/index.ts';
import { identifierHash, pageOf, type IdentifierHash } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { SetApart } from './apart.ts';
import type { HeldMonths } from './held-months.ts';
import type { FoundUse, HeldWorks } from './held-works.ts';
import { isWithin, type NamedFacts } from './totals.ts';
import type { WorkTotals, WorkUsage } from './totals-query.ts';

/** Ranges that are read at the same time: as many as there are threads that read. */
const AT_ONCE = 4;
/** A work has not more names than that, and each is a page a month. */
const MOST_NAMES = 60;

/**
 * The use of one work: of each item that is told of under one of its names, at any node, in any month; an item that is found
 * by several names counts once.
 */
export async function workTotals(
  basis: { held: HeldMonths; works: HeldWorks; apart: SetApart; factsOf: (node: NodeId) => NamedFacts },
  names: readonly string[],
  range: { from?: string | undefined; to?: string | undefined },
): Promise<WorkTotals> {
  const { held, works } = basis;
  const months = new Set<string>();
  const coverage = { searched: 0, missing: 0 };
  for (const one of held.all().flat()) {
    if (one.works.count === 0 || !isWithin(one.month, range)) continue;
    if (one.worksHeld === undefined) coverage.missing += 1;
    else {
      coverage.searched += 1;
      months.add(one.month);
    }
  }
  const byPage = new Map<number, IdentifierHash[]>();
  for (const name of new Set(names.slice(0, MOST_NAMES))) {
    const hash = identifierHash(name);
    byPage.set(pageOf(hash), [...(byPage.get(pageOf(hash)) ?? []), hash]);
  }
  const asked = [...months]
    .sort()
    .flatMap((month) => [...byPage].map(([page, hashes]) => ({ month, page, hashes })));
  const found = await eachOf(asked, async ({ month, page, hashes }) => ({
    month,
    uses: await works.find(month, page, hashes),
  }));
  return { ...addUp(basis, found), coverage };
}

/** Answers in the order of the questions, some at the same time. */
async function eachOf<T, R>(questions: readonly T[], answer: (question: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  const ask = async (): Promise<void> => {
    for (let i = next++; i < questions.length; i = next++) {
      const question = questions[i];
      if (question !== undefined) answers[i] = await answer(question);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return answers;
}

function addUp(
  { held, apart, factsOf }: { held: HeldMonths; apart: SetApart; factsOf: (node: NodeId) => NamedFacts },
  found: readonly { month: string; uses: readonly FoundUse[] }[],
): Pick<WorkTotals, 'nodes' | 'metrics'> {
  const seen = new Set<string>();
  const nodes = new Map<NodeId, WorkUsage>();
  for (const { month, uses } of found) {
    for (const { node, item, metrics } of uses) {
      const name = `${node}!${month}!${item}`;
      const summary = held.get(node, month);
      if (seen.has(name) || summary === undefined) continue;
      seen.add(name);
      const why = apart.of(summary);
      const usage = nodes.get(node) ?? { node, name: factsOf(node).name, months: [], metrics: { ...noUse } };
      nodes.set(node, usage);
      const last = usage.months.at(-1);
      if (last?.month === month) last.metrics = sumOf(last.metrics, metrics);
      else {
        const revision = summary.worksHeld?.revision ?? summary.revision;
        usage.months.push({ month, metrics, revision, ...(why !== undefined && { apart: why }) });
      }
      if (why === undefined) usage.metrics = sumOf(usage.metrics, metrics);
    }
  }
  const inOrder = [...nodes.values()].sort(
    (a, b) => b.metrics.totalInvestigations - a.metrics.totalInvestigations || (a.node < b.node ? -1 : 1),
  );
  return { nodes: inOrder, metrics: inOrder.reduce((sum, { metrics }) => sumOf(sum, metrics), { ...noUse }) };
}
