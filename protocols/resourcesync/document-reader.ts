import { SaxesParser } from 'saxes';
import { type NamespaceBindings, withDeclarations, xmlNamespaces } from '../../vocab/xml/index.ts';
import {
  CAPABILITIES,
  type DocumentHead,
  type Entry,
  RESOURCESYNC_NAMESPACE,
  SITEMAP_NAMESPACE,
} from './documents.ts';
import { linkOf, metadataOf } from './attributes.ts';
import { ResourceSyncError } from './errors.ts';

/** Enough for `urlset`, `url` and what others add within. */
const DEEPEST = 16;
const MOST_ATTRIBUTES = 64;
/** Of one entry. */
const MOST_LINKS = 1_000;
/** Characters between two tags, or within one. */
const LONGEST_PIECE = 1024 * 1024;

type Attributes = Record<string, string>;

type TextElement = 'loc' | 'lastmod' | 'changefreq';

/** An entry while it is read. */
interface Building {
  text: Record<TextElement, string | undefined>;
  metadata: Attributes | undefined;
  links: Attributes[];
}

export interface DocumentReaderOptions {
  maxEntries: number;
  onEntry: (entry: Entry) => void;
  /** Told of each entry that is left out for what is wrong in it; without it that is thrown. */
  onBadEntry?: ((error: ResourceSyncError) => void) | undefined;
}

/**
 * Reads a ResourceSync document (ANSI/NISO Z39.99-2017, section 7) as its text comes in, one entry at a time; nothing of
 * the document is held but its head. Elements and attributes of other namespaces are left aside, as the standard lets
 * communities add their own. The document's own `rs:md` has to stand before the entries, as in the Sitemap schema.
 *
 * All methods throw ResourceSyncError.
 */
export class DocumentReader {
  readonly #options: DocumentReaderOptions;
  readonly #parser = new SaxesParser({ xmlns: false });
  readonly #scopes: NamespaceBindings[] = [usualNamespaces];
  /** Local names of the open elements, with a mark for their namespace; empty for those of others. */
  readonly #open: string[] = [];
  readonly #links: DocumentHead['links'][number][] = [];
  #head: DocumentHead | undefined;
  #root: DocumentHead['root'] | undefined;
  #metadata: Attributes | undefined;
  #entry: Building | undefined;
  #entries = 0;
  #attributes = 0;
  #lastTag = 0;

  constructor(options: DocumentReaderOptions) {
    this.#options = options;
    const parser = this.#parser;
    parser.on('attribute', () => this.#countAttribute());
    parser.on('opentag', ({ name, attributes }) => this.#openElement(name, attributes));
    parser.on('closetag', () => this.#closeElement());
    parser.on('text', (text) => this.#addText(text));
    parser.on('cdata', (text) => this.#addText(text));
    parser.on('doctype', () => this.#refuse('a document type declaration'));
  }

  /** Known when the first entry has been read, or the end. Links that stand further on are added to it. */
  get head(): DocumentHead | undefined {
    return this.#head;
  }

  write(text: string): void {
    this.#parse(() => this.#parser.write(text));
    if (this.#parser.position - this.#lastTag > LONGEST_PIECE)
      this.#refuse('more text in one piece than any list has');
  }

  end(): DocumentHead {
    this.#parse(() => this.#parser.close());
    return this.#complete();
  }

  #parse(step: () => void): void {
    try {
      step();
    } catch (cause) {
      if (cause instanceof ResourceSyncError || !(cause instanceof Error)) throw cause;
      // saxes puts "line:column: " before its message.
      const [, place, what = cause.message] = /^(\d+:\d+): (.*)$/s.exec(cause.message) ?? [];
      const where = place === undefined ? '' : ` (line ${place.replace(':', ', column ')})`;
      throw new ResourceSyncError(
        'RESOURCESYNC_BAD_XML',
        `XML is not well-formed: ${what.replace(/\.$/, '')}${where}`,
        {
          cause,
        },
      );
    }
  }

  #countAttribute(): void {
    this.#attributes += 1;
    if (this.#attributes > MOST_ATTRIBUTES) this.#refuse('an element with too many attributes');
  }

  #openElement(name: string, attributes: Attributes): void {
    this.#attributes = 0;
    this.#lastTag = this.#parser.position;
    if (this.#open.length >= DEEPEST) this.#refuse(`elements more than ${DEEPEST} deep`);
    const scope = withDeclarations(this.#scopes.at(-1) ?? usualNamespaces, attributes);
    const colon = name.indexOf(':');
    const namespace = scope.get(colon < 0 ? '' : name.slice(0, colon)) ?? '';
    let known = prefixOf(namespace) + name.slice(colon + 1);
    if (this.#open.length === 0) this.#openRoot(known, name);
    else if (this.#isRepeated(known)) known = '';
    else this.#openInner(known, attributes);
    this.#open.push(known);
    this.#scopes.push(scope);
  }

  /** An entry has one address; of more the first counts. */
  #isRepeated(known: string): boolean {
    return this.#open.length === 2 && isText(known) && this.#entry?.text[known] !== undefined;
  }

  #openRoot(known: string, name: string): void {
    if (known !== 'urlset' && known !== 'sitemapindex') {
      throw new ResourceSyncError(
        'RESOURCESYNC_NOT_A_SITEMAP',
        `The root of the document is ${name.slice(0, 100)}, neither urlset nor sitemapindex.`,
      );
    }
    this.#root = known;
  }

  #openInner(known: string, attributes: Attributes): void {
    if (this.#open.length === 1) {
      if (known === (this.#root === 'urlset' ? 'url' : 'sitemap')) this.#openEntry();
      else if (known === 'rs:md') this.#metadata ??= attributes;
      else if (known === 'rs:ln') addLink(this.#links, linkOf(attributes));
    } else if (this.#open.length === 2 && this.#entry !== undefined) {
      if (known === 'rs:md') this.#entry.metadata ??= attributes;
      else if (known === 'rs:ln') addLink(this.#entry.links, attributes);
      else if (isText(known)) this.#entry.text[known] = '';
    }
  }

  #openEntry(): void {
    this.#complete();
    this.#entries += 1;
    if (this.#entries > this.#options.maxEntries) {
      throw new ResourceSyncError(
        'RESOURCESYNC_TOO_MANY_ENTRIES',
        `The document has more than ${this.#options.maxEntries} entries.`,
      );
    }
    this.#entry = {
      text: { loc: undefined, lastmod: undefined, changefreq: undefined },
      metadata: undefined,
      links: [],
    };
  }

  #closeElement(): void {
    this.#lastTag = this.#parser.position;
    this.#scopes.pop();
    this.#open.pop();
    const entry = this.#entry;
    if (this.#open.length !== 1 || entry === undefined) return;
    this.#entry = undefined;
    try {
      this.#options.onEntry(entryOf(entry, this.#entries));
    } catch (error) {
      if (!(error instanceof ResourceSyncError) || this.#options.onBadEntry === undefined) throw error;
      this.#options.onBadEntry(error);
    }
  }

  #addText(text: string): void {
    if (this.#open.length !== 3 || this.#entry === undefined) return;
    const name = this.#open[2] ?? '';
    if (isText(name)) this.#entry.text[name] = (this.#entry.text[name] ?? '') + text;
  }

  #complete(): DocumentHead {
    if (this.#head !== undefined) return this.#head;
    const capability = CAPABILITIES.find((known) => known === this.#metadata?.['capability']);
    if (this.#root === undefined || this.#metadata === undefined || capability === undefined) {
      throw noCapability(this.#metadata?.['capability']);
    }
    this.#head = {
      root: this.#root,
      metadata: { ...metadataOf(this.#metadata), capability },
      links: this.#links,
    };
    return this.#head;
  }

  #refuse(what: string): never {
    throw new ResourceSyncError('RESOURCESYNC_BAD_XML', `The document has ${what}.`);
  }
}

/** Some sources forget to declare the prefix that all examples have. */
const usualNamespaces: NamespaceBindings = new Map([...xmlNamespaces, ['rs', RESOURCESYNC_NAMESPACE]]);

/** What is put before the local names of a namespace; namespaces are also written with https, or with another end. */
function prefixOf(namespace: string): string {
  const bare = (uri: string): string => uri.replace(/^https:/, 'http:').replace(/\/$/, '');
  if (bare(namespace) === bare(SITEMAP_NAMESPACE)) return '';
  return bare(namespace) === bare(RESOURCESYNC_NAMESPACE) ? 'rs:' : 'other:';
}

function isText(name: string): name is TextElement {
  return name === 'loc' || name === 'lastmod' || name === 'changefreq';
}

function addLink<T>(links: T[], link: T): void {
  if (links.length >= MOST_LINKS) {
    throw new ResourceSyncError(
      'RESOURCESYNC_BAD_XML',
      `The document has more than ${MOST_LINKS} links in one place.`,
    );
  }
  links.push(link);
}

function entryOf({ text, metadata, links }: Building, number: number): Entry {
  const loc = text.loc?.trim();
  if (loc === undefined || loc === '') {
    throw new ResourceSyncError('RESOURCESYNC_BAD_ENTRY', `Entry ${number} has no loc.`);
  }
  const lastmod = text.lastmod?.trim();
  const changefreq = text.changefreq?.trim();
  return {
    loc,
    ...(lastmod !== undefined && lastmod !== '' && { lastmod }),
    ...(changefreq !== undefined && changefreq !== '' && { changefreq }),
    ...(metadata !== undefined && { metadata: metadataOf(metadata) }),
    ...(links.length > 0 && { links: links.map(linkOf) }),
  };
}

function noCapability(named: string | undefined): ResourceSyncError {
  return new ResourceSyncError(
    'RESOURCESYNC_NO_CAPABILITY',
    named === undefined
      ? 'The document is a Sitemap, but none of ResourceSync: it names no capability before its entries.'
      : `The document has the capability ${named.slice(0, 100)}, which is none of ResourceSync.`,
  );
}
