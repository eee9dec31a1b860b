/**
 * The keys of the citations' section. All of it is a function of the records held, each row of one record.
 *
 *     w!<record>                    what of a held work references are compared with (`WorkProfile`, DAG-CBOR)
 *     h!<block>!<record>            the work has that identifier or a title that begins so (empty)
 *     c!<record>!<n>                the n-th citation of the record, in the order of its list (`Citation`, DAG-CBOR)
 *     q!<block>!<record>!<n>        that citation may be of a work in the block (empty)
 *     b!<block>!<record>!<n>        the record says that the work with that identifier cites it (empty)
 *
 * A block is 16 characters of a hash, n four hex digits.
 */
import { hash } from 'node:crypto';
import * as dagCbor from '@ipld/dag-cbor';
import type { Identifier, IdentifierScheme, Reference } from '../../../vocab/record.ts';
import type { TitleForm, WorkProfile } from './work-profile.ts';

/** What a record says of one other work. */
export interface Citation {
  /** `cites`: the record cites the work. `citedBy`: it says that the work cites it. */
  kind: 'cites' | 'citedBy';
  /** Its place in the record's list of references; undefined for what is only a relation of the metadata. */
  index: number | undefined;
  reference: Reference;
}

export interface Range {
  gt: string;
  lt: string;
}

const BLOCK = 16;
const KEY = 20;

export const block = (text: string): string => hash('sha256', text, 'base64url').slice(0, BLOCK);
export const workKey = (record: string): string => `w!${record}`;
export const holderKey = (block: string, record: string): string => `h!${block}!${record}`;
export const citationKey = (record: string, n: number): string => `c!${record}!${numberOf(n)}`;
export const citingKey = (block: string, record: string, n: number): string =>
  `q!${block}!${record}!${numberOf(n)}`;
export const claimKey = (block: string, record: string, n: number): string =>
  `b!${block}!${record}!${numberOf(n)}`;

export const holderRange = (block: string): Range => ({ gt: `h!${block}!`, lt: `h!${block}!~` });
export const citationRange = (record: string, after = -1): Range => ({
  gt: after < 0 ? `c!${record}!` : citationKey(record, after),
  lt: `c!${record}!~`,
});
/** Behind the record `after`, of whatever number. */
export const citingRange = (block: string, after: string | undefined): Range => behind('q', block, after);
export const claimRange = (block: string, after: string | undefined): Range => behind('b', block, after);
/** Of one record. */
export const citingRangeOf = (block: string, record: string): Range => ({
  gt: `q!${block}!${record}!`,
  lt: `q!${block}!${record}!~`,
});

function behind(row: 'q' | 'b', block: string, after: string | undefined): Range {
  return {
    gt: after === undefined ? `${row}!${block}!` : `${row}!${block}!${after}!~`,
    lt: `${row}!${block}!~`,
  };
}

export const recordOfHolderKey = (key: string): string => key.slice(-KEY);
export const numberOfCitationKey = (key: string): number => Number.parseInt(key.slice(-4), 16);
/** Of a row under a block. */
export const recordOfCitingKey = (key: string): string => key.slice(-KEY - 5, -5);

const numberOf = (n: number): string => n.toString(16).padStart(4, '0');

type WorkTuple = [
  identifiers: string[],
  titles: [letters: string, words: number, whole: boolean][],
  first: string[],
  all: string[],
  year: number | null,
  page: string | null,
];

export function encodeWork({ identifiers, titles, authors, year, page }: WorkProfile): Uint8Array {
  return dagCbor.encode([
    [...identifiers],
    titles.map(({ letters, words, whole }) => [letters, words, whole]),
    [...authors.first],
    [...authors.all],
    year ?? null,
    page ?? null,
  ] satisfies WorkTuple);
}

export function decodeWork(bytes: Uint8Array): WorkProfile {
  const [identifiers, titles, first, all, year, page] = dagCbor.decode<WorkTuple>(bytes);
  return {
    identifiers,
    titles: titles.map(([letters, words, whole]): TitleForm => ({ letters, words, whole })),
    authors: { first, all },
    year: year ?? undefined,
    page: page ?? undefined,
  };
}

type CitationTuple = [
  isClaim: boolean,
  index: number | null,
  text: string,
  identifier: [scheme: IdentifierScheme, value: string] | null,
  title: string | null,
  year: string | null,
];

export function encodeCitation({ kind, index, reference }: Citation): Uint8Array {
  const { text, identifier, title, year } = reference;
  return dagCbor.encode([
    kind === 'citedBy',
    index ?? null,
    text,
    identifier === undefined ? null : [identifier.scheme, identifier.value],
    title ?? null,
    year ?? null,
  ] satisfies CitationTuple);
}

export function decodeCitation(bytes: Uint8Array): Citation {
  const [isClaim, index, text, identifier, title, year] = dagCbor.decode<CitationTuple>(bytes);
  const named: Identifier | undefined =
    identifier === null ? undefined : { scheme: identifier[0], value: identifier[1] };
  return {
    kind: isClaim ? 'citedBy' : 'cites',
    index: index ?? undefined,
    reference: {
      text,
      ...(named !== undefined && { identifier: named }),
      ...(title !== null && { title }),
      ...(year !== null && { year }),
    },
  };
}
