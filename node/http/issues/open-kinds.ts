import {
  issueKind,
  severities,
  type IssueFilter,
  type IssueKind,
  type Severity,
} from '../../harvest/index.ts';
import type { HttpParts } from '../parts.ts';

/** A kind of issue, and how many are open. One that the node knows no more has its code alone. */
export interface OpenKind extends Partial<Omit<IssueKind, 'title' | 'severity'>> {
  code: string;
  severity: Severity;
  title: string;
  count: number;
  /** By the source's name. */
  sources: { [source: string]: number };
}

/** What is open by its kinds: errors first, and of each severity the most frequent. */
export async function openKinds(
  harvester: Pick<HttpParts['harvester'], 'issueKinds'>,
  filter: IssueFilter = {},
): Promise<OpenKind[]> {
  const kinds = new Map<string, OpenKind>();
  for (const { code, severity, count, source } of await harvester.issueKinds(filter)) {
    const name = `${severity} ${code}`;
    const kind: OpenKind = kinds.get(name) ?? {
      title: code,
      ...issueKind(code),
      code,
      severity,
      count: 0,
      sources: {},
    };
    kind.count += count;
    kind.sources[source] = count;
    kinds.set(name, kind);
  }
  return [...kinds.values()].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count,
  );
}
