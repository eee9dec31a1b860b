import type { Identifier, Record as NgrRecord } from '../../../vocab/record.ts';

const MAX_IDENTIFIERS = 24;
const arxivDoi = /^10\.48550\/arxiv\./;
/** The prefix of examples, under which ACM numbers papers that have no DOI. */
const noDoi = /^10\.5555\//;

/** The identifiers by which a held work can be cited: its own, the published DOI, the addresses of its page and its files. */
export function workIdentifiers(record: NgrRecord): string[] {
  const found = new Set<string>();
  const add = (identifier: Identifier): void => {
    const text = identifierForm(identifier);
    if (text !== undefined && found.size < MAX_IDENTIFIERS) found.add(text);
  };
  if (record.publishedDoi !== undefined) add({ scheme: 'doi', value: record.publishedDoi });
  for (const identifier of record.identifiers) add(identifier);
  add({ scheme: 'url', value: record.id });
  for (const { url } of record.files) add({ scheme: 'url', value: url });
  return [...found];
}

/**
 * An identifier as it is compared. ISBNs and ISSNs name books and journals, of which several works are parts; an arXiv
 * DOI is the arXiv number it is made of; addresses are compared without protocol, `www.` and the slash at the end.
 */
export function identifierForm({ scheme, value }: Identifier): string | undefined {
  switch (scheme) {
    case 'doi': {
      const doi = value.toLowerCase();
      if (noDoi.test(doi)) return undefined;
      return arxivDoi.test(doi) ? arxivForm(doi.replace(arxivDoi, '')) : `doi:${doi}`;
    }
    case 'arxiv':
      return arxivForm(value);
    case 'handle':
    case 'pmid':
    case 'urn':
      return `${scheme}:${value.toLowerCase()}`;
    case 'url':
      return urlForm(value);
    case 'isbn':
    case 'issn':
      return undefined;
  }
}

/** Versions of a preprint are one work. */
function arxivForm(number: string): string {
  return `arxiv:${number.toLowerCase().replace(/v\d+$/, '')}`;
}

function urlForm(url: string): string | undefined {
  const [, host = '', path = ''] = /^https?:\/\/(?:www\.)?([^/?#]+)([^#]*)/i.exec(url) ?? [];
  const plain = path.replace(/\/+$/, '');
  // The address of a whole site names no work.
  return plain === '' ? undefined : `url:${host.toLowerCase()}${plain}`;
}
