import { createHash } from 'node:crypto';
import { readDatestamp } from '../../../../protocols/oai-pmh/index.ts';
import { identifierText, normaliseIdentifier } from '../../../../vocab/identifiers.ts';
import type { SourceItem, SourceMetadata } from '../source.ts';
import type { Place } from './piece.ts';

/** Longer ones are hashed: they become part of a database key. */
const LONGEST_ID = 500;

/** What an entry says of itself. */
export interface EntryFacts {
  /** Candidates for its identifier, the best first. */
  ids: readonly string[];
  /** Candidates for its datestamp. */
  dates?: readonly string[];
  sets?: readonly string[];
  metadata: SourceMetadata;
}

/** The item that an entry is: under its own identifier or, where it has none, under a hash of its text. */
export function itemOf(
  { ids, dates = [], sets = [], metadata }: EntryFacts,
  { context, line }: Place,
): SourceItem {
  const id = ids.find((one) => one.trim() !== '') ?? hashOf(metadata.text);
  return {
    oaiIdentifier: oaiIdentifierOf(id, context.source),
    datestamp: datestampOf(dates) ?? context.datestamp,
    sets: [...sets],
    metadata,
    place: { file: context.file, line },
  };
}

/**
 * An identifier for OAI-PMH (2.0, section 2.4: a URI): that of the repository itself, `oai:…`, as it is; any other under
 * the name of the source, `file:theses:doi:10.1000/182`. A DOI is the same in whatever form it is written.
 */
function oaiIdentifierOf(id: string, source: string): string {
  const trimmed = id.trim();
  if (/^oai:[^\s\p{Cc}]{3,}$/u.test(trimmed) && trimmed.length <= LONGEST_ID) return trimmed;
  const identifier = normaliseIdentifier(trimmed);
  const own = identifier === undefined ? trimmed.replace(/\s+/g, ' ') : identifierText(identifier);
  return `file:${encodeURIComponent(source)}:${own.length > LONGEST_ID ? hashOf(own) : asUri(own)}`;
}

function datestampOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    // Date and time as EPrints and databases write them, with fractions or without.
    const datestamp = readDatestamp(text.trim());
    if (datestamp !== undefined) return datestamp;
  }
  return undefined;
}

/** What may not stand in a URI is percent-encoded (RFC 3986, section 2). */
function asUri(text: string): string {
  return text.toWellFormed().replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]/gu, encodeURIComponent);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
