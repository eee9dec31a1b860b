import type { Identifier } from '../record.ts';

/** `doi:10.1000/182`: a scheme and a value as one text, for keys and for showing. */
export function identifierText({ scheme, value }: Identifier): string {
  return scheme === 'url' || scheme === 'urn' ? value : `${scheme}:${value}`;
}

/** Where an identifier leads, for those schemes that have one resolver. */
export function identifierUrl({ scheme, value }: Identifier): string | undefined {
  switch (scheme) {
    case 'doi':
      return `https://doi.org/${pathOf(value)}`;
    case 'handle':
      return `https://hdl.handle.net/${pathOf(value)}`;
    case 'urn':
      return value.startsWith('urn:nbn:') ? `https://nbn-resolving.org/${value}` : undefined;
    case 'issn':
      return `https://portal.issn.org/resource/ISSN/${value}`;
    case 'pmid':
      return `https://pubmed.ncbi.nlm.nih.gov/${value}/`;
    case 'arxiv':
      return `https://arxiv.org/abs/${value}`;
    case 'url':
      return value;
    default:
      return undefined;
  }
}

function pathOf(value: string): string {
  return encodeURI(value.toWellFormed()).replace(/[?#]/g, encodeURIComponent);
}
