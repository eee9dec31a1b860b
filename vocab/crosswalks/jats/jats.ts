import type { XmlElement } from '../../xml/index.ts';
import type { XmlCrosswalk } from '../crosswalk.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { type RecordRow, readRecord } from '../record-table.ts';
import { JatsArticle, textIn } from './article.ts';
import { readContributors } from './contributors.ts';
import { readDates } from './dates.ts';
import { readFunding } from './funding.ts';
import { readPermissions } from './permissions.ts';
import {
  readAbstracts,
  readArticleId,
  readPlace,
  readRelated,
  readSelfUri,
  readSubjects,
  readTitles,
  readType,
} from './read.ts';
import { readReferences } from './references.ts';

/**
 * JATS 1.0 to 1.3 (ANSI/NISO Z39.96, https://jats.nlm.nih.gov/archiving/tag-library/1.3/) and NLM's tag sets 2 and 3
 * before it: the front matter and the lists of references. The text itself is not read here, nor are notes.
 */
const jatsRows: readonly RecordRow<JatsArticle>[] = [
  {
    element: 'front/article-meta/title-group',
    goesTo: 'titles: the article’s with its subtitle, then translations',
    read: readTitles,
  },
  {
    element: 'front/article-meta/contrib-group/contrib',
    goesTo: 'creators and contributors (editors, translators), with ORCID, affiliations and ROR',
    read: readContributors,
  },
  {
    element: 'article/@article-type',
    goesTo: 'type (COAR Resource Types)',
    read: readType,
  },
  {
    element: 'article/@xml:lang',
    goesTo: 'languages (BCP 47)',
    read: ({ language = '' }, description) => description.language(language),
  },
  {
    element: 'front/article-meta/article-id',
    goesTo: 'identifiers',
    read: each('article-id', readArticleId),
  },
  {
    element: 'front/article-meta/self-uri',
    goesTo: 'files, by the kind or the address of a file; else identifiers',
    read: each('self-uri', readSelfUri),
  },
  {
    element: 'front/journal-meta, front/article-meta/volume, issue, fpage, lpage, elocation-id',
    goesTo: 'source; relations, by ISSN',
    read: readPlace,
  },
  {
    element: 'front/journal-meta/publisher/publisher-name',
    goesTo: 'publisher',
    read: ({ journal }, description) =>
      description.publisher(textIn(journal?.child('publisher')?.child('publisher-name'))),
  },
  {
    element: 'front/article-meta/pub-date',
    goesTo: 'published: online, else in print, else the volume’s; accepted or received where there is none',
    read: readDates,
  },
  {
    element: 'front/article-meta/abstract, trans-abstract',
    goesTo: 'abstracts, with the titles of their sections',
    read: readAbstracts,
  },
  {
    element: 'front/article-meta/kwd-group/kwd, article-categories/subj-group/subject',
    goesTo: 'subjects',
    read: readSubjects,
  },
  {
    element: 'front/article-meta/permissions/license',
    goesTo: 'licence; access, by license-type open-access or ali:free_to_read',
    read: readPermissions,
  },
  {
    element: 'front/article-meta/funding-group/award-group',
    goesTo: 'funding',
    read: readFunding,
  },
  {
    element: 'front/article-meta/related-article, related-object, product',
    goesTo: 'relations, by related-article-type',
    read: readRelated,
  },
  {
    element: 'back/ref-list/ref',
    goesTo: 'references',
    read: readReferences,
  },
];

export const jats: XmlCrosswalk = {
  title: 'JATS and NLM front matter',
  describedAt: 'https://jats.nlm.nih.gov/archiving/tag-library/1.3/',
  rows: jatsRows,
  prefix: 'jats',
  namespace: 'https://jats.nlm.nih.gov/ns/archiving/1.3/',
  schema: 'https://jats.nlm.nih.gov/archiving/1.3/xsd/JATS-archivearticle1-3-mathml3.xsd',
  roots: ['article', 'pmc-articleset'],
  aliases: {
    // PubMed Central's, and those of OJS.
    prefixes: ['pmc', 'pmc_fm', 'nlm', 'oai_jats', 'jats_article'],
    namespaces: [
      ...['1.0', '1.1', '1.2'].map((version) => `https://jats.nlm.nih.gov/ns/archiving/${version}/`),
      'https://dtd.nlm.nih.gov/ns/archiving/2.3/',
      'http://dtd.nlm.nih.gov/2.0/xsd/archivearticle',
      'http://dtd.nlm.nih.gov/publishing/2.3',
      'http://jats.nlm.nih.gov',
    ],
  },
  read: (metadata: XmlElement) => readRecord(jatsRows, new JatsArticle(metadata)),
};

/** A row's `read` for elements of the article's metadata that are read one by one. */
function each(
  name: string,
  read: (element: XmlElement, description: DescriptionBuilder) => void,
): (article: JatsArticle, description: DescriptionBuilder) => void {
  return ({ meta }, description) => {
    for (const element of meta.childrenNamed(name)) read(element, description);
  };
}
