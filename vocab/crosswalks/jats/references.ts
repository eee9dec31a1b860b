import { identifierText } from '../../identifiers.ts';
import type { Identifier } from '../../record.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { flatText } from '../flat-text.ts';
import { pageRange } from '../page-range.ts';
import { typedIdentifier } from '../typed-identifier.ts';
import { attributeOf, textOf } from '../xml-table.ts';
import { type JatsArticle, textIn } from './article.ts';

/** A reference list of a thousand entries is a bibliography. */
const most = 1000;

/** The entries of all reference lists, in order. */
export function readReferences(article: JatsArticle, description: DescriptionBuilder): void {
  const back = article.root.child('back');
  if (back === undefined) return;
  for (const ref of refsWithin(back).slice(0, most)) {
    const citation = citationIn(ref);
    if (citation !== undefined) readCitation(citation, description);
  }
}

function refsWithin(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => {
    if (child.local === 'ref') return [child];
    return /^(?:ref-list|sec|app|app-group)$/.test(child.local) ? refsWithin(child) : [];
  });
}

/** The citation as it is printed rather than one taken apart; NLM's forerunners have other names for both. */
function citationIn(ref: XmlElement): XmlElement | undefined {
  const among = ref.child('citation-alternatives') ?? ref;
  for (const name of ['mixed-citation', 'citation', 'element-citation', 'nlm-citation'])
    for (const child of among.children) if (child.local === name) return child;
  return undefined;
}

function readCitation(citation: XmlElement, description: DescriptionBuilder): void {
  const work =
    citation.child('article-title') ?? citation.child('chapter-title') ?? citation.child('data-title');
  const identifier = identifierIn(citation);
  const title = textIn(work ?? citation.child('source'));
  const year = textIn(citation.child('year'));
  // Between the elements of a citation that is printed as it stands there is text; of one taken apart, nothing.
  const isPrinted =
    citation.text.trim() !== '' || citation.children.length === 0 || citation.children.some(hasTextBehind);
  description.reference({
    text: isPrinted ? printedText(citation) : composedText(citation, title, year, identifier),
    title: work === undefined && isPrinted ? '' : title,
    year,
    ...(identifier !== undefined && { identifier }),
  });
}

function hasTextBehind({ tail }: XmlElement): boolean {
  return tail.trim() !== '';
}

function printedText(citation: XmlElement): string {
  return flatText(citation, ({ local }) => local === 'label' || local === 'object-id').replace(
    /\s+([.,;:])/g,
    '$1',
  );
}

/** A registered identifier, of whatever kind, before a link. */
function identifierIn(citation: XmlElement): Identifier | undefined {
  const registered = citation
    .childrenNamed('pub-id')
    .map((id) => typedIdentifier(attributeOf(id, 'pub-id-type'), textOf(id)));
  const linked = [...citation.childrenNamed('ext-link'), ...citation.childrenNamed('uri')].map((link) =>
    typedIdentifier(attributeOf(link, 'ext-link-type'), attributeOf(link, 'href') || textOf(link)),
  );
  const found = [...registered, ...linked].filter((identifier) => identifier !== undefined);
  return (
    found.find(({ scheme }) => scheme === 'doi') ??
    found.find(({ scheme }) => scheme !== 'url' && scheme !== 'issn') ??
    found.find(({ scheme }) => scheme === 'url')
  );
}

/** The parts as a citation: names, year, title, journal, volume, pages, identifier. */
function composedText(
  citation: XmlElement,
  title: string,
  year: string,
  identifier: Identifier | undefined,
): string {
  const groups = [citation, ...citation.childrenNamed('person-group')];
  const names = groups.flatMap((group) =>
    group.children
      .filter(({ local }) => /^(?:name|string-name|collab)$/.test(local))
      .map((name) =>
        name.local === 'name'
          ? [textIn(name.child('surname')), textIn(name.child('given-names'))].filter(Boolean).join(' ')
          : textIn(name),
      ),
  );
  const source = textIn(citation.child('source'));
  const volume = textIn(citation.child('volume'));
  const issue = textIn(citation.child('issue'));
  const pages = pageRange(textIn(citation.child('fpage')), textIn(citation.child('lpage')));
  const parts = [
    names.join(', '),
    year,
    title,
    source === title ? '' : source,
    issue === '' ? volume : `${volume}(${issue})`,
    pages,
    identifier === undefined ? '' : identifierText(identifier),
  ];
  return parts.filter((part) => part !== '').join('. ');
}
