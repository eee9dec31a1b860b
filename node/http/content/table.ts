import { csvHead, csvLine } from '../../../vocab/csv.ts';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { contentStateOf, textStateOf, type ContentItem } from '../../content/index.ts';

const COLUMNS = [
  'key',
  'oaiIdentifier',
  'title',
  'authors',
  'published',
  'changed',
  'access',
  'fullText',
  'copies',
];

/** The own records as CSV. @param titleOf for who reads it */
export async function* contentTable(
  items: AsyncIterable<ContentItem>,
  titleOf: (holding: Holding) => string,
): AsyncGenerator<string> {
  yield csvHead(COLUMNS);
  for await (const { key, holding, copies } of items) {
    const isGone = isTombstone(holding);
    yield csvLine([
      key,
      holding.oaiIdentifier,
      titleOf(holding),
      isGone ? '' : holding.creators.map(({ name }) => name).join('; '),
      isGone ? '' : (holding.published ?? ''),
      holding.datestamp,
      contentStateOf(holding),
      isGone ? '' : textStateOf(holding),
      copies,
    ]);
  }
}
