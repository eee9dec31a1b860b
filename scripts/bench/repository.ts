/**
 * A process of its own: the benchmark's records as an OAI-PMH repository, in oai_dc pages of 100 that are made
 * beforehand, so that what is measured is the harvester. Prints its base URL when it is ready; a message to it is answered
 * by the milliseconds that it has made others wait so far.
 *
 *     repository ROUNDS DELAY PAGES    the records so many times over under other identifiers, milliseconds a page, pages
 */
import type { ProvidedRecord } from '../../protocols/oai-pmh/index.ts';
import { element, raw } from '../../vocab/xml/index.ts';
import { DATESTAMP, serveOai } from './oai-server.ts';
import { benchRecords, type BenchRecord } from './records.ts';

const PAGE = 100;
/** Stands in the pages where the token goes. */
const TOKEN = 'the-token-of-the-page-behind';

const [rounds = 1, delay = 0, mostPages = Infinity] = process.argv.slice(2).map(Number);
let waited = 0;
process.on('message', () => process.stdout.write(`${waited}\n`));

const { url, document } = await serveOai({
  page,
  ...(delay > 0 && {
    before: async () => {
      waited += delay;
      await new Promise((resolve) => setTimeout(resolve, delay));
    },
  }),
});
const pages = await makePages();
process.stdout.write(`${url}\n`);

/** A page of any round: the same bytes, but for what makes a record another one. */
function page(number: number): Buffer | undefined {
  const bytes = pages[number % pages.length];
  const round = Math.floor(number / pages.length);
  if (bytes === undefined || round >= rounds || number >= mostPages) return undefined;
  const isLast = number + 1 === Math.min(rounds * pages.length, mostPages);
  return Buffer.from(
    bytes
      .toString()
      .replaceAll(/(oai:|https:\/\/)repository\.example[:/]/g, `$&${round}-`)
      .replaceAll(/https:\/\/doi\.org\/[^<]+/g, `$&.${round}`)
      .replace(TOKEN, isLast ? '' : String(number + 1)),
  );
}

async function makePages(): Promise<Buffer[]> {
  const batches: ProvidedRecord[][] = [[]];
  let size = 0;
  for await (const record of benchRecords()) {
    if (batches.at(-1)?.length === PAGE) batches.push([]);
    batches.at(-1)?.push(provided(record));
    size += 1;
  }
  const completeListSize = Math.min(size * rounds, mostPages * PAGE);
  return batches.map((records) =>
    document({ verb: 'ListRecords', records, token: { value: TOKEN, completeListSize } }),
  );
}

function provided(record: BenchRecord): ProvidedRecord {
  const { id, title, authors, year, source, publisher, pages: range, doi, abstract } = record;
  const one = (name: string, value: string | undefined) =>
    value === undefined || value === '' ? [] : [raw(element(`dc:${name}`, {}, value))];
  const metadata = element(
    'oai_dc:dc',
    {
      'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    },
    [
      ...one('title', title),
      ...authors.flatMap((author) => one('creator', author)),
      ...one('description', abstract),
      ...one('publisher', publisher),
      ...one('date', year),
      ...one('type', 'info:eu-repo/semantics/conferencePaper'),
      ...one('identifier', doi === undefined ? undefined : `https://doi.org/${doi}`),
      ...one('identifier', `https://repository.example/${id}`),
      ...one(
        'source',
        source === undefined ? undefined : `${source}${range === undefined ? '' : `, ${range}`}`,
      ),
      ...one('language', 'eng'),
      ...one('rights', 'info:eu-repo/semantics/openAccess'),
    ],
  );
  return {
    header: { identifier: `oai:repository.example:${id}`, datestamp: DATESTAMP, sets: [], deleted: false },
    metadata,
  };
}
