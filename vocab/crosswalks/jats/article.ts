import type { XmlElement } from '../../xml/index.ts';
import { flatText } from '../flat-text.ts';
import { attributeOf } from '../xml-table.ts';
import { type Affiliation, affiliationOf } from './affiliations.ts';

/** An article as JATS and its forerunners have it, with what its parts refer to elsewhere in it. */
export class JatsArticle {
  readonly root: XmlElement;
  /** `article-meta`. */
  readonly meta: XmlElement;
  /** `journal-meta`. */
  readonly journal: XmlElement | undefined;
  /** Of the article, and so of its parts that have no other. */
  readonly language: string | undefined;
  /** By id, each read once. */
  #affiliations: Map<string, Affiliation> | undefined;

  /** @param metadata the article, or what is around it in a set of articles */
  constructor(metadata: XmlElement) {
    this.root = articleIn(metadata);
    const front = this.root.child('front') ?? this.root;
    this.meta = front.child('article-meta') ?? front;
    this.journal = front.child('journal-meta');
    this.language = this.root.language;
  }

  /** The affiliation that a reference names. */
  affiliation(id: string): Affiliation | undefined {
    this.#affiliations ??= new Map(
      affiliationsWithin(this.meta).map((found) => [attributeOf(found, 'id'), affiliationOf(found)]),
    );
    return this.#affiliations.get(id);
  }

  languageOf(element: XmlElement): string | undefined {
    return element.language ?? this.language;
  }
}

/** The first article in what may be a set of articles. */
function articleIn(metadata: XmlElement): XmlElement {
  let around: readonly XmlElement[] = [metadata];
  for (let depth = 0; depth < 4 && around.length > 0; depth += 1) {
    const article = around.find(({ local }) => local === 'article');
    if (article !== undefined) return article;
    around = around.flatMap(({ children }) => children);
  }
  return metadata;
}

/** Affiliations stand beside the authors, among them, or with their translations in `aff-alternatives`. */
function affiliationsWithin(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => {
    if (child.local === 'aff') return [child];
    if (child.local === 'aff-alternatives') {
      const [first] = child.childrenNamed('aff');
      const id = attributeOf(child, 'id');
      return first === undefined ? [] : [first, ...(id === '' ? [] : [child])];
    }
    return /^(?:contrib-group|contrib)$/.test(child.local) ? affiliationsWithin(child) : [];
  });
}

const marks = /^(?:fn|aff|corresp|author-notes|table-fn)$/;

/** The text of titles, abstracts and keywords: without footnotes and their marks, pictures, and formulas said twice. */
export function textIn(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  if (element.children.length === 0) return element.text.trim();
  return flatText(element, (inner, around) => {
    switch (inner.local) {
      case 'fn':
      case 'label':
      case 'graphic':
      case 'inline-graphic':
      case 'media':
      case 'object-id':
      case 'supplementary-material':
        return true;
      case 'xref':
        return marks.test(attributeOf(inner, 'ref-type'));
      case 'tex-math':
        return around.child('math') !== undefined;
      default:
        return false;
    }
  });
}
