import { resourceTypes } from '../../coar/index.ts';

/**
 * COAR's concept for the values of `article-type` that JATS suggests (Archiving Tag Library 1.3, attribute article-type)
 * and others in use, as `article-type` has them. What is not here is a contribution to a journal.
 */
const types: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'research-article': 'c_2df8fbb1',
    'original-article': 'c_2df8fbb1',
    'brief-report': 'c_2df8fbb1',
    'rapid-communication': 'c_2df8fbb1',
    'clinical-trial': 'c_2df8fbb1',
    article: 'c_6501',
    'case-report': 'c_6501',
    'case-study': 'c_6501',
    'methods-article': 'c_6501',
    reprint: 'c_6501',
    'review-article': 'c_dcae04bc',
    'systematic-review': 'c_dcae04bc',
    'data-paper': 'c_beb9',
    correction: 'c_7acd',
    'corrected-article': 'c_7acd',
    erratum: 'c_7acd',
    corrigendum: 'c_7acd',
    editorial: 'c_b239',
    introduction: 'c_b239',
    letter: 'c_545b',
    reply: 'c_545b',
    'article-commentary': 'D97F-VB57',
    commentary: 'D97F-VB57',
    discussion: 'D97F-VB57',
    'book-review': 'c_ba08',
    'product-review': 'c_efa0',
    'reviewer-report': 'H9BQ-739P',
    'referee-report': 'H9BQ-739P',
    'decision-letter': 'H9BQ-739P',
    'meeting-report': 'c_c94f',
    abstract: 'c_c94f',
    oration: 'c_8544',
    dissertation: 'c_46ec',
    'study-protocol': 'YZ1N-ZFT9',
    protocol: 'YZ1N-ZFT9',
    preprint: 'c_816b',
    translation: 'c_6501',
  }),
);

const base = 'http://purl.org/coar/resource_type/';

/** The COAR resource type for an article type, whatever its case and spelling: "Research Article". */
export function articleType(written: string): string {
  const known = types.get(
    written
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-'),
  );
  if (known !== undefined) return base + known;
  return resourceTypes.named(written)?.uri ?? `${base}c_3e5a`;
}
