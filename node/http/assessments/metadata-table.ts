import { csvHead, csvLine } from '../../../vocab/csv.ts';
import type { MetadataAssessment, MetadataOutcomes, RuleSet } from '../../assessment/index.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { criterionOf, WHOLE } from './metadata-profiles.ts';

/** What the table is read from. */
interface TableSources {
  assessment: Pick<MetadataAssessment, 'judged' | 'failing' | 'outcomesOf'>;
  holdings: Pick<Catalogue['holdings'], 'getMany'>;
}

type Judged = { key: string; outcomes: MetadataOutcomes };

const AT_A_TIME = 200;

/**
 * What a rule set says of each own record, as a table for a spreadsheet, as it is made: a line a record, a column a rule.
 * @param options.failing a rule whose failing records are meant alone, or `any`
 */
export async function* metadataAssessmentTable(
  sources: TableSources,
  ruleSet: RuleSet,
  { failing }: { failing?: string | undefined },
): AsyncGenerator<string> {
  const rules = ruleSet.demands.map(({ rule }) => rule.id);
  yield csvHead(['record', 'oaiIdentifier', 'title', WHOLE, ...rules]);
  for await (const judged of pagesOf(sources, ruleSet, failing)) {
    const holdings = await sources.holdings.getMany(judged.map(({ key }) => key));
    const lines = judged.map(({ outcomes }, i) => {
      const held = holdings[i];
      return held === undefined
        ? ''
        : csvLine([
            held.id,
            held.oaiIdentifier,
            held.titles[0]?.value,
            ...[ruleSet.id, ...rules].map((criterion) => outcomes.get(criterion)),
          ]);
    });
    yield lines.join('');
  }
}

async function* pagesOf(
  { assessment }: TableSources,
  ruleSet: RuleSet,
  failing: string | undefined,
): AsyncGenerator<Judged[]> {
  for (let after: string | undefined; ;) {
    const part = { after, limit: AT_A_TIME };
    if (failing === undefined) {
      const judged = await assessment.judged(part);
      yield judged;
      after = judged.length < AT_A_TIME ? undefined : judged.at(-1)?.key;
    } else {
      const keys = await assessment.failing(criterionOf(ruleSet, failing), part);
      const outcomes = await Promise.all(keys.map((key) => assessment.outcomesOf(key)));
      yield keys.flatMap((key, i) => {
        const known = outcomes[i];
        return known === undefined ? [] : [{ key, outcomes: known }];
      });
      after = keys.length < AT_A_TIME ? undefined : keys.at(-1);
    }
    if (after === undefined) return;
  }
}
