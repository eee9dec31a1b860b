import { identifierIri, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Duplicates } from '../../analysis/duplicates/index.ts';
import { describeWork, type WorkDescription } from '../../analysis/works/index.ts';
import type { Clock } from '../../clock.ts';
import type { Statements } from '../../statements/index.ts';
import type { HeldItems, HeldRecord } from '../records/held-items.ts';
import type { Site } from '../site.ts';

/** A work with its records, this node's own first, and what they are to one another today. */
export interface HeldWork extends WorkDescription {
  id: string;
  records: readonly HeldRecord[];
  /** Key of a record of which the manager said whether another is of the same work. */
  spokenOf?: string;
}

/** Puts together what is held of a work. */
export class HeldWorks {
  readonly #duplicates: Pick<Duplicates, 'work' | 'workOf'>;
  readonly #items: HeldItems;
  readonly #statements: Pick<Statements, 'list'>;
  readonly #site: Site;
  readonly #clock: Clock;

  constructor({
    duplicates,
    items,
    statements,
    site,
    clock,
  }: {
    duplicates: Pick<Duplicates, 'work' | 'workOf'>;
    items: HeldItems;
    statements: Pick<Statements, 'list'>;
    site: Site;
    clock: Clock;
  }) {
    this.#duplicates = duplicates;
    this.#items = items;
    this.#statements = statements;
    this.#site = site;
    this.#clock = clock;
  }

  /** The work that a record is of. */
  async of(key: string): Promise<HeldWork | undefined> {
    const id = await this.#duplicates.workOf(key);
    return id === undefined ? undefined : await this.byId(id);
  }

  async byId(id: string): Promise<HeldWork | undefined> {
    const work = await this.#duplicates.work(id);
    if (work === undefined) return undefined;
    const held = await this.#items.recordsOf(work.members);
    const records = held.sort((a, b) => Number(b.institution.isSelf) - Number(a.institution.isSelf));
    const spokenOf = work.members.find((record) => this.#statements.list({ record, limit: 1 }).length > 0);
    const members = records.map(({ key, holding }) => ({ key, record: holding }));
    return {
      id,
      records,
      ...(spokenOf !== undefined && { spokenOf }),
      ...describeWork(members, { self: this.#site.node, now: this.#clock.now() }),
    };
  }
}

/** What is said of a work in its own document and in those of its records. */
export function workProperties(
  site: Site,
  { records, kind, identifier, best, spokenOf }: HeldWork,
): JsonLdObject {
  const named = identifier === undefined ? undefined : identifierIri(identifier);
  return {
    workKind: kind,
    ...(named !== undefined && { canonicalIdentifier: named }),
    ...(best !== undefined && {
      bestOpenCopy: {
        record: records.find(({ key }) => key === best.key)?.holding.id,
        ...(best.url !== undefined && { url: best.url }),
        stage: best.stage,
        ...(best.licence !== undefined && { licence: best.licence }),
        reachable: best.isReachable,
      },
    }),
    ...(spokenOf !== undefined && { statements: `${site.base}/statements?record=${spokenOf}` }),
  };
}
