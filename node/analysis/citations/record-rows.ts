import { isTombstone, type Holding, type Reference } from '../../../vocab/record.ts';
import { citedBlocks, workBlocks } from './blocks.ts';
import { citedProfile } from './cited-profile.ts';
import { identifierForm } from './identifier-blocks.ts';
import {
  citationKey,
  citingKey,
  claimKey,
  encodeCitation,
  encodeWork,
  holderKey,
  workKey,
  type Citation,
} from './layout.ts';
import { workProfile, type WorkProfile } from './work-profile.ts';

const NOTHING = new Uint8Array();
const MOST_CITATIONS = 4_000;

/** What is kept of a record. */
export interface Kept {
  work: WorkProfile;
  citations: readonly Citation[];
}

/** What is to be kept of a holding: nothing of a tombstone, so that its links go. */
export function keptOf(holding: Holding | undefined): Kept | undefined {
  if (holding === undefined || isTombstone(holding)) return undefined;
  const { references, relations } = holding;
  const listed = references.map((reference, index): Citation => ({ kind: 'cites', index, reference }));
  const known = new Set(references.map(({ identifier }) => identifier && identifierForm(identifier)));
  const related = relations.flatMap(({ kind, target }): Citation[] => {
    if (kind !== 'references' && kind !== 'isReferencedBy') return [];
    const form = identifierForm(target);
    // The same work is often listed and related.
    if (kind === 'references' && (form === undefined || known.has(form))) return [];
    const reference: Reference = { text: '', identifier: target };
    return [{ kind: kind === 'references' ? 'cites' : 'citedBy', index: undefined, reference }];
  });
  return { work: workProfile(holding), citations: [...listed, ...related].slice(0, MOST_CITATIONS) };
}

/** The rows that are kept of a record, by their keys. */
export function rowsOf(record: string, kept: Kept | undefined): Map<string, Uint8Array> {
  const rows = new Map<string, Uint8Array>();
  if (kept === undefined) return rows;
  rows.set(workKey(record), encodeWork(kept.work));
  const held = workBlocks(kept.work);
  for (const block of [...held.identifiers, ...held.titles]) rows.set(holderKey(block, record), NOTHING);
  for (const [n, citation] of kept.citations.entries()) {
    rows.set(citationKey(record, n), encodeCitation(citation));
    const { identifiers, titles } = citedBlocks(citedProfile(citation.reference));
    if (citation.kind === 'citedBy') {
      for (const block of identifiers) rows.set(claimKey(block, record, n), NOTHING);
    } else for (const block of [...identifiers, ...titles]) rows.set(citingKey(block, record, n), NOTHING);
  }
  return rows;
}
