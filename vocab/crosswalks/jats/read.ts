import type { RelationKind } from '../../record.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { pageRange } from '../page-range.ts';
import { withSubtitle } from '../title-text.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { articleType } from './article-types.ts';
import { type JatsArticle, textIn } from './article.ts';

/** Each function reads one kind of elements of an article's front matter. */

/** The title with its subtitle, and its translations; running heads are left out. */
export function readTitles(article: JatsArticle, description: DescriptionBuilder): void {
  const group = article.meta.child('title-group');
  if (group === undefined) return;
  const title = group.child('article-title');
  const subtitle = textIn(group.child('subtitle'));
  if (title !== undefined)
    description.title(withSubtitle(textIn(title), subtitle), article.languageOf(title));
  // Before JATS there was no group for them.
  for (const around of [...group.childrenNamed('trans-title-group'), group]) {
    const [first, ...others] = around.childrenNamed('trans-title');
    if (first === undefined) continue;
    const language = around === group ? undefined : around.language;
    const text = withSubtitle(textIn(first), textIn(around.child('trans-subtitle')));
    description.title(text, first.language ?? language);
    for (const other of others) description.title(textIn(other), other.language ?? language);
  }
}

/** The type that the article says; else its heading in the journal. */
export function readType({ root, meta }: JatsArticle, description: DescriptionBuilder): void {
  const type = attributeOf(root, 'article-type');
  const heading = textIn(
    meta
      .child('article-categories')
      ?.childrenNamed('subj-group')
      .find((group) => attributeOf(group, 'subj-group-type') === 'heading')
      ?.child('subject'),
  );
  const isSaid = type !== '' && !/^other$/i.test(type);
  description.type(articleType(isSaid ? type : heading || 'article'));
}

/** DOI and the like; PubMed Central's number as the address of its page. */
export function readArticleId(id: XmlElement, description: DescriptionBuilder): void {
  const type = attributeOf(id, 'pub-id-type').toLowerCase();
  const text = textOf(id);
  if (type === 'pmc' || type === 'pmcid') {
    const number = /^(?:pmc)?(\d{1,10})$/i.exec(text)?.[1];
    if (number !== undefined)
      description.identifier({ scheme: 'url', value: `https://pmc.ncbi.nlm.nih.gov/articles/PMC${number}/` });
    return;
  }
  if (!/^(?:doi|pmid|arxiv|handle|hdl|urn|uri|isbn)$/.test(type)) return;
  const identifier = typedIdentifier(type, text);
  if (identifier !== undefined) description.identifier(identifier);
  else if (type === 'doi' && text !== '') description.log.add('IDENTIFIER_REFUSED', text, '');
}

/** Journal, volume, issue and pages; an article without pages has a number of its own. */
export function readPlace({ meta, journal }: JatsArticle, description: DescriptionBuilder): void {
  const text = (name: string): string => textIn(meta.child(name));
  const group = journal?.child('journal-title-group') ?? journal;
  const title = withSubtitle(textIn(group?.child('journal-title')), textIn(group?.child('journal-subtitle')));
  description.journal({
    title: title || textIn(group?.child('abbrev-journal-title')),
    volume: text('volume'),
    issue: text('issue'),
    pages: pageRange(text('fpage'), text('lpage')) || text('page-range') || text('elocation-id'),
  });
  for (const issn of journal?.childrenNamed('issn') ?? []) {
    const target = typedIdentifier('issn', textOf(issn));
    if (target !== undefined) description.related('isPartOf', target);
  }
}

/** Abstracts for readers; not pictures, videos, highlights and teasers. */
export function readAbstracts(article: JatsArticle, description: DescriptionBuilder): void {
  for (const abstract of article.meta.children) {
    const isTranslated = abstract.local === 'trans-abstract';
    if (!isTranslated && abstract.local !== 'abstract') continue;
    if (
      /graphic|video|toc|teaser|highlight|key-?point|web-summary/i.test(
        attributeOf(abstract, 'abstract-type'),
      )
    )
      continue;
    const language = isTranslated ? abstract.language : article.languageOf(abstract);
    description.abstract(abstractText(abstract), language);
  }
}

const headings = /^(?:abstract|summary|resumen|resumo|résumé|zusammenfassung|riassunto|abstrak)\s*:?$/i;

/** Paragraphs and sections, each section with its title before it; the title "Abstract" is left out. */
function abstractText(abstract: XmlElement): string {
  const title = textIn(abstract.child('title'));
  const said = title === '' || headings.test(title) ? [] : [withColon(title)];
  for (const child of abstract.children) {
    if (child.local === 'sec') said.push(abstractText(child));
    else if (child.local !== 'title' && child.local !== 'label') said.push(textIn(child));
  }
  return [abstract.text.trim(), ...said].filter((part) => part !== '').join(' ');
}

function withColon(title: string): string {
  return /\p{P}$/u.test(title) ? title : `${title}:`;
}

/** Keywords, and the subjects that the journal files the article under; not abbreviations. */
export function readSubjects(article: JatsArticle, description: DescriptionBuilder): void {
  for (const group of article.meta.childrenNamed('kwd-group')) {
    if (/abbr/i.test(attributeOf(group, 'kwd-group-type'))) continue;
    const language = article.languageOf(group);
    for (const keyword of group.children) {
      if (keyword.local === 'kwd') description.subject(textIn(keyword), keyword.language ?? language);
      const parts = keyword.local === 'compound-kwd' ? keyword.childrenNamed('compound-kwd-part') : [];
      const word =
        parts.find((part) => /text|word|term/i.test(attributeOf(part, 'content-type'))) ?? parts.at(-1);
      if (word !== undefined) description.subject(textIn(word), language);
    }
  }
  for (const group of article.meta.child('article-categories')?.childrenNamed('subj-group') ?? [])
    readSubjectGroup(group, article.languageOf(group), description);
}

/** Headings are kinds of articles. */
function readSubjectGroup(
  group: XmlElement,
  language: string | undefined,
  description: DescriptionBuilder,
): void {
  if (/^(?:|heading|article-?type|display-channel)$/i.test(attributeOf(group, 'subj-group-type'))) return;
  for (const subject of group.childrenNamed('subject')) description.subject(textIn(subject), language);
  for (const inner of group.childrenNamed('subj-group'))
    for (const subject of inner.childrenNamed('subject')) description.subject(textIn(subject), language);
}

/** A file, by what is said of it or by its address; else the article's page. */
export function readSelfUri(uri: XmlElement, description: DescriptionBuilder): void {
  const address = attributeOf(uri, 'href') || textOf(uri);
  const identifier = /^https?:/i.test(address) ? typedIdentifier('', address) : undefined;
  if (identifier === undefined) return;
  const type = attributeOf(uri, 'content-type') || attributeOf(uri, 'mime-subtype');
  const isFile = /pdf|epub|postscript/i.test(type) || /\.(?:pdf|epub|ps)(?:[?#]|$)/i.test(address);
  if (isFile) description.file(address, type.includes('/') ? { format: type } : {});
  else description.identifier(identifier);
}

/** Our kind of relation for `related-article-type` (JATS4R and the Tag Library's list), in lower case. */
const relations: ReadonlyMap<string, RelationKind> = new Map(
  Object.entries<RelationKind>({
    'commentary-article': 'references',
    'corrected-article': 'references',
    'retracted-article': 'references',
    'object-of-concern': 'references',
    letter: 'references',
    'addended-article': 'isSupplementTo',
    addendum: 'isSupplementedBy',
    commentary: 'isReferencedBy',
    'correction-forward': 'isReferencedBy',
    'retraction-forward': 'isReferencedBy',
    'reviewer-report': 'isReferencedBy',
    'decision-letter': 'isReferencedBy',
    preprint: 'hasVersion',
    'republished-article': 'isVersionOf',
    'reviewed-article': 'isReviewOf',
    'peer-reviewed-article': 'isReviewOf',
    'peer-reviewed-material': 'isReviewOf',
    'translated-article': 'isTranslationOf',
  }),
);

/** Related articles and objects, and the books under review. */
export function readRelated({ meta }: JatsArticle, description: DescriptionBuilder): void {
  for (const related of meta.children) {
    if (related.local === 'related-article' || related.local === 'related-object') {
      const type = attributeOf(related, 'ext-link-type') || attributeOf(related, 'document-id-type');
      const written = attributeOf(related, 'href') || attributeOf(related, 'document-id');
      const target = typedIdentifier(type, written);
      const kind = relations.get(attributeOf(related, 'related-article-type').toLowerCase());
      if (target !== undefined) description.related(kind ?? 'relation', target);
    }
    const isbns = related.local === 'product' ? related.childrenNamed('isbn') : [];
    for (const isbn of isbns) {
      const target = typedIdentifier('isbn', textOf(isbn));
      if (target !== undefined) description.related('isReviewOf', target);
    }
  }
}
