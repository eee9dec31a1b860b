import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { LEVELS } from '../../assessment/index.ts';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { sendTable } from '../answers/send-table.ts';
import {
  failingRecordsDocument,
  metadataAssessmentDocument,
  recordAssessmentDocument,
  type AssessedBy,
} from '../assessments/metadata-document.ts';
import {
  criterionOf,
  METADATA_PROFILES,
  parametersOf,
  PLAN_S_RECORDS,
  versionOf,
  WHOLE,
  type MetadataProfiles,
} from '../assessments/metadata-profiles.ts';
import { metadataAssessmentTable } from '../assessments/metadata-table.ts';
import { HttpError } from '../errors.ts';
import { CSV, HTML, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import {
  failingRecordsPage,
  metadataAssessmentPage,
  recordAssessmentPage,
} from '../pages/metadata-assessment.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery, recordKey } from '../requests/query.ts';

const PAGE = 50;

/**
 * `/assessments/rioxx`, `/assessments/openaire` and `/assessments/plan-s/records`: how the node's own records stand by a profile of metadata; with `record`
 * what is said of one, with `failing` the records that fail a rule, or `any`.
 */
export function metadataAssessmentRoutes(router: Router, parts: PublicParts): void {
  for (const profiles of [...METADATA_PROFILES, PLAN_S_RECORDS]) {
    const query = metadataAssessmentQuery(profiles);
    router.get(profiles.path, async (ctx) => {
      const { format, lang, version, level, record, failing, after } = readQuery(ctx, query);
      const [usual] = profiles.ruleSets;
      const ruleSet =
        profiles.ruleSets.find(
          (one) => versionOf(one) === (version ?? versionOf(usual)) && one.level === (level ?? usual.level),
        ) ?? usual;
      const answer = new Answer(ctx, parts, { profiles, ruleSet }, { format, lang });
      if (record !== undefined) await answer.record(record);
      else if (failing !== undefined) await answer.failing(failing, after);
      else await answer.standing();
    });
  }
}

type Wanted = Readonly<{ format: string | undefined; lang: z.output<typeof lang> }>;

/** Only what the assessment has: a parameter that is left aside in silence would show something else than was asked for. */
export function metadataAssessmentQuery({ ruleSets }: MetadataProfiles) {
  const versions = [...new Set(ruleSets.map(versionOf))];
  const rules = ruleSets.flatMap(({ demands }) => demands.map(({ rule }) => rule.id));
  const oneOf = (values: readonly string[]) => z.enum(values, `is none of ${values.join(', ')}`).optional();
  return z.strictObject({
    format,
    lang,
    version: oneOf(versions),
    level: z
      .enum(LEVELS, `is none of ${LEVELS.join(', ')}`)
      .refine((level) => ruleSets.some((one) => one.level === level), 'is no level of these guidelines')
      .optional(),
    record: recordKey.optional(),
    failing: oneOf([WHOLE, ...new Set(rules)]),
    after: recordKey.optional(),
  });
}

const withoutTable = new Negotiator([JSON_LD, HTML]);
const withTable = new Negotiator([JSON_LD, HTML, CSV]);

/** One request's answer, as data, a page or a table. */
class Answer {
  readonly #ctx: Context;
  readonly #parts: PublicParts;
  readonly #assessed: AssessedBy;
  readonly #wanted: Wanted;

  constructor(ctx: Context, parts: PublicParts, assessed: AssessedBy, wanted: Wanted) {
    this.#ctx = ctx;
    this.#parts = parts;
    this.#assessed = assessed;
    this.#wanted = wanted;
  }

  async standing(): Promise<void> {
    const { site, views, metadataAssessment } = this.#parts;
    const { format, type } = withTable.of(this.#ctx, this.#wanted.format);
    if (format === CSV) return this.#table(undefined);
    const standing = await metadataAssessment.standing();
    if (format === JSON_LD) {
      return sendJsonLd(this.#ctx, type, metadataAssessmentDocument(site, this.#assessed, standing));
    }
    const view = views.of(this.#ctx, this.#wanted.lang);
    sendPage(this.#ctx, view, metadataAssessmentPage(view, this.#assessed, standing));
  }

  async failing(failing: string, after: string | undefined): Promise<void> {
    const { site, views, items, metadataAssessment } = this.#parts;
    const { format, type } = withTable.of(this.#ctx, this.#wanted.format);
    if (format === CSV) return this.#table(failing);
    const criterion = criterionOf(this.#assessed.ruleSet, failing);
    const keys = await metadataAssessment.failing(criterion, { after, limit: PAGE + 1 });
    const shown = keys.slice(0, PAGE);
    const list = {
      failing,
      after,
      next: keys.length > PAGE ? shown.at(-1) : undefined,
      items: await items.recordsOf(shown),
    };
    if (format === JSON_LD) {
      return sendJsonLd(this.#ctx, type, failingRecordsDocument(site, this.#assessed, list));
    }
    const view = views.of(this.#ctx, this.#wanted.lang);
    sendPage(this.#ctx, view, failingRecordsPage(view, this.#assessed, list));
  }

  async record(key: string): Promise<void> {
    const { site, views, items, metadataAssessment } = this.#parts;
    const { format, type } = withoutTable.of(this.#ctx, this.#wanted.format);
    const [outcomes, [item]] = await Promise.all([
      metadataAssessment.outcomesOf(key),
      items.recordsOf([key]),
    ]);
    if (outcomes === undefined || item === undefined) {
      const detail = `There is no record ${key} of this node’s own, or it is gone.`;
      throw new HttpError(404, 'RECORD_NOT_ASSESSED', 'No such record', detail);
    }
    if (format === JSON_LD) {
      return sendJsonLd(this.#ctx, type, recordAssessmentDocument(site, this.#assessed, { item, outcomes }));
    }
    const view = views.of(this.#ctx, this.#wanted.lang);
    sendPage(this.#ctx, view, recordAssessmentPage(view, this.#assessed, { item, outcomes }));
  }

  #table(failing: string | undefined): void {
    const { catalogue, metadataAssessment } = this.#parts;
    const { profiles, ruleSet } = this.#assessed;
    const name = [profiles.name, ...Object.values(parametersOf(profiles, ruleSet)), failing];
    const file = name.filter((part) => part !== undefined).join('-');
    sendTable(this.#ctx, file, () =>
      metadataAssessmentTable({ assessment: metadataAssessment, holdings: catalogue.holdings }, ruleSet, {
        failing,
      }),
    );
  }
}
