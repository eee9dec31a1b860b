import type { Clock } from '../../clock.ts';
import type { MetadataAssessment } from '../metadata/metadata-assessment.ts';
import { yearBefore, type ProbedEndpoint, type Probes, type Span } from '../probes/index.ts';
import type { Maintenance } from './declaration.ts';
import type { Declared } from './declared.ts';
import { judgePlanS, type InstitutionFacts, type RequirementResult } from './judgement.ts';
import type { Offers } from './offers.ts';

/** How the institution's repository stands, with what that was told by. */
export interface PlanSReport {
  at: number;
  requirements: readonly RequirementResult[];
  /** The year that was looked at. */
  year: Span;
  endpoints: readonly ProbedEndpoint[];
  maintenance: readonly Maintenance[];
  /** In the year, when the node's own line was suspected; nothing was counted then. */
  minutesWithoutLine: number;
  /** It is suspected now, since then. */
  lineSuspectedSince?: number;
}

interface PlanSOptions {
  metadata: Pick<MetadataAssessment, 'standing'>;
  probes: Pick<Probes, 'endpoints' | 'minutesWithoutLine' | 'lineSuspectedSince'>;
  offers: Pick<Offers, 'all'>;
  declared: Declared;
  /** What the institution's page says now. */
  institution: () => InstitutionFacts;
  clock: Pick<Clock, 'now'>;
}

/** Holds the institution's repository against the requirements of Plan S, by what is known now. */
export class PlanS {
  readonly declared: Declared;
  readonly #options: PlanSOptions;

  constructor(options: PlanSOptions) {
    this.#options = options;
    this.declared = options.declared;
  }

  async report(): Promise<PlanSReport> {
    const { metadata, probes, offers, institution, clock } = this.#options;
    const { declarations, maintenance } = this.declared.said;
    const now = clock.now();
    const year = yearBefore(now);
    const endpoints = probes.endpoints(
      year,
      maintenance.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
    );
    const requirements = judgePlanS({
      now,
      standing: await metadata.standing(),
      endpoints,
      offers: offers.all,
      institution: institution(),
      declarations,
    });
    const { lineSuspectedSince } = probes;
    return {
      at: now,
      requirements,
      year,
      endpoints,
      maintenance,
      minutesWithoutLine: probes.minutesWithoutLine(year),
      ...(lineSuspectedSince !== undefined && { lineSuspectedSince }),
    };
  }
}
