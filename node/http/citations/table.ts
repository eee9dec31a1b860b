import { csvHead, csvLine, type CsvCell } from '../../../vocab/csv.ts';
import { identifierIri } from '../../../vocab/json-ld/index.ts';
import { isTombstone, type Identifier, type Reference } from '../../../vocab/record.ts';
import type { Site } from '../site.ts';
import type { CitationLists, ListedWork, Subject } from './lists.ts';

export const citationDirections = ['cites', 'citedBy'] as const;
export type CitationDirection = (typeof citationDirections)[number];

/** A work that is cited or that cites, as far as it is known. */
interface Row {
  direction: CitationDirection;
  /** As it stands in the list of references. */
  reference?: Reference | undefined;
  work?: ListedWork;
}

const AT_A_TIME = 100;
const columns: readonly (readonly [name: string, value: (row: Row, site: Site) => CsvCell])[] = [
  ['direction', ({ direction }) => direction],
  ['title', ({ work, reference }) => work?.best.holding.titles[0]?.value ?? reference?.title],
  ['authors', ({ work }) => lines(work, authorsOf)],
  ['year', ({ work, reference }) => yearOf(work) ?? reference?.year],
  ['identifiers', ({ work, reference }) => identifiersOf(work, reference).map(named).join('\n')],
  ['reference', ({ reference }) => reference?.text],
  ['record', ({ work }) => work?.best.holding.id],
  ['oaiIdentifier', ({ work }) => work?.best.holding.oaiIdentifier],
  ['institution', ({ work }) => work?.best.institution.name],
  ['work', ({ work }, { base }) => (work?.id === undefined ? undefined : `${base}/works/${work.id}`)],
  ['copies', ({ work }) => lines(work, ({ copies }) => copies.map(({ holding }) => holding.id))],
];

/**
 * Both lists, or the one of them, as a table for a spreadsheet, all of it, as it is made: one line a work that is cited or
 * that cites, those that are not held by what the reference says of them.
 */
export async function* citationTable(
  lists: CitationLists,
  subject: Subject,
  { directions, site }: { directions: readonly CitationDirection[]; site: Site },
): AsyncGenerator<string> {
  yield csvHead(columns.map(([name]) => name));
  for (const direction of directions) {
    for await (const rows of pagesOf(lists, subject, direction)) {
      yield rows.map((row) => csvLine(columns.map(([, value]) => value(row, site)))).join('');
    }
  }
}

async function* pagesOf(
  lists: CitationLists,
  subject: Subject,
  direction: CitationDirection,
): AsyncGenerator<Row[]> {
  for (let after: string | undefined; ;) {
    const part = { limit: AT_A_TIME, ...(after !== undefined && { after }) };
    if (direction === 'cites') {
      const { entries, next } = await lists.cites(subject, part);
      yield entries.flatMap(({ reference, works }): Row[] =>
        works.length === 0
          ? [{ direction, reference }]
          : works.map((work) => ({ direction, reference, work })),
      );
      after = next;
    } else {
      const { works, next } = await lists.citedBy(subject, part);
      yield works.map((work) => ({ direction, work }));
      after = next;
    }
    if (after === undefined) return;
  }
}

function lines(work: ListedWork | undefined, values: (work: ListedWork) => readonly string[]): CsvCell {
  return work === undefined ? undefined : values(work).join('\n');
}

function authorsOf({ best: { holding } }: ListedWork): string[] {
  return isTombstone(holding) ? [] : holding.creators.map(({ name }) => name);
}

function yearOf(work: ListedWork | undefined): string | undefined {
  const holding = work?.best.holding;
  return holding === undefined || isTombstone(holding) ? undefined : holding.published?.slice(0, 4);
}

function identifiersOf(
  work: ListedWork | undefined,
  reference: Reference | undefined,
): readonly Identifier[] {
  if (work !== undefined) return work.best.holding.identifiers;
  return reference?.identifier === undefined ? [] : [reference.identifier];
}

const named = (identifier: Identifier): string => identifierIri(identifier) ?? identifier.value;
