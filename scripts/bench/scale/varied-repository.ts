/**
 * A process of its own: varied records as an OAI-PMH repository, made as they are asked for, page behind page. Prints its
 * base URL; a message to it is answered by a line of JSON: the identifiers of some records from beginning to end.
 *
 *     varied-repository RECORDS
 */
import type { ProvidedRecord } from '../../../protocols/oai-pmh/index.ts';
import { seededRandom } from '../../random.ts';
import { variedRecords } from '../duplicates/index.ts';
import { serveOai } from '../oai-server.ts';
import { GivenOut } from './given-out.ts';

const PAGE = 100;
const SEED = 9;
/** So many identifiers are told, where there are so many. */
const TOLD = 4_000;

const size = Number(process.argv[2]);
const every = Math.max(1, Math.floor(size / TOLD));
const told: string[] = [];
process.on('message', () => process.stdout.write(`${JSON.stringify(told)}\n`));

const made = pages();
/** The last page that was asked for, which a harvester may ask for again, and the one behind it, which is made meanwhile. */
let last: { number: number; bytes: Promise<Buffer | undefined> } | undefined;
let ahead: Promise<Buffer | undefined> | undefined;
const { url, document } = await serveOai({ page });
process.stdout.write(`${url}\n`);

async function page(number: number): Promise<Buffer | undefined> {
  if (number === last?.number) return await last.bytes;
  if (number !== (last?.number ?? -1) + 1) return undefined;
  const bytes = ahead ?? nextPage();
  last = { number, bytes };
  ahead = bytes.then(nextPage);
  return await bytes;
}

async function nextPage(): Promise<Buffer | undefined> {
  const next = await made.next();
  return next.done ? undefined : next.value;
}

async function* pages(): AsyncGenerator<Buffer> {
  const given = new GivenOut(seededRandom(SEED));
  let records: ProvidedRecord[] = [];
  let count = 0;
  for await (const some of variedRecords(size)) {
    for (const described of some) {
      const record = given.next(described);
      if (count % every === 0) told.push(record.header.identifier);
      records.push(record);
      count += 1;
      if (records.length < PAGE && count < size) continue;
      const token = { value: count === size ? '' : String(count / PAGE), completeListSize: size };
      yield document({ verb: 'ListRecords', records, token });
      records = [];
    }
  }
}
