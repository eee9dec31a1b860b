import type { Catalogue } from '../../../node/catalogue/index.ts';
import { identifierText } from '../../../vocab/identifiers.ts';
import { keyOfIri } from '../../../vocab/record-key.ts';
import { type Holding, isTombstone } from '../../../vocab/record.ts';
import { HastyClock } from '../../support/hasty-clock.ts';
import { oaiDc } from '../../support/misbehaving-repository.ts';
import { MisbehavingSyncSource } from '../../support/misbehaving-sync-source.ts';
import { aHarvest, aSource, type TestHarvest } from '../../support/test-harvest.ts';
import { type Case, contentOf, type Outcome, outcomeOf, pathOf, shown } from './case.ts';

/** Harvests a repository whose list begins with the case's page. A resumption token is the name of the next page's file. */
export async function harvestOaiPmh(folder: string, one: Case): Promise<Outcome> {
  return await harvest((token) => ({
    body: contentOf(folder, token === null ? one : { file: token.trim() }),
    contentType: one.contentType,
  }));
}

/** Harvests a repository in whose page the case's metadata stand before a record that is in order, and must come through. */
export async function harvestMetadata(folder: string, one: Case & { format: string }): Promise<Outcome> {
  const metadata = contentOf(folder, one).toString();
  const record = (n: number, inner: string): string =>
    `<record><header><identifier>oai:repository.example:${n}</identifier><datestamp>2020-01-01T00:00:00Z</datestamp></header>` +
    `<metadata>${inner}</metadata></record>`;
  const page =
    '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">' +
    '<responseDate>2026-01-01T00:00:00Z</responseDate><request verb="ListRecords">http://repository.example/oai</request>' +
    `<ListRecords>${record(1, metadata)}${record(2, oaiDc('In order'))}</ListRecords></OAI-PMH>`;
  const { gives, ...rest } = await harvest(() => ({ body: Buffer.from(page) }), one.format);
  const { 2: inOrder, ...others } = gives;
  if (inOrder === undefined) throw new Error('the record that is in order did not come through');
  return { gives: others, ...rest };
}

/** Harvests a folder with the case's file in it. */
export async function harvestFile(folder: string, one: Case): Promise<Outcome> {
  const path = pathOf(folder, one.file);
  const test = await aHarvest({ sources: () => [{ name: 'corpus', type: 'files', path }] });
  try {
    return await outcome(test, 'file:corpus:');
  } finally {
    await test.close();
  }
}

/** Harvests a source of ResourceSync whose resource list this is; it has the resources 1 to 3. */
export async function harvestSync(folder: string, one: Case): Promise<Outcome> {
  const server = await MisbehavingSyncSource.start(new HastyClock());
  server.offers = ['resourcelist'];
  for (const n of [1, 2, 3]) server.put(`/records/${n}.xml`, oaiDc(`Title ${n}`));
  server.spoil = (path) => (path === '/resourcelist.xml' ? { body: contentOf(folder, one) } : undefined);
  const test = await aHarvest({ sources: () => [{ name: 'corpus', type: 'resourcesync', url: server.url }] });
  try {
    return await outcome(test, `${server.url}/records/`, titleOf);
  } finally {
    await test.close();
    await server.close();
  }
}

interface Answer {
  body: Buffer;
  contentType?: string | undefined;
}

async function harvest(
  answer: (token: string | null) => Answer,
  metadataPrefix = 'oai_dc',
): Promise<Outcome> {
  const test = await aHarvest({ sources: (url) => [aSource(url, { metadataPrefix })] });
  try {
    test.repository.spoil = (_, { verb, parameters }) => {
      if (verb !== 'ListRecords') return undefined;
      const { body, contentType = 'text/xml; charset=utf-8' } = answer(parameters.get('resumptionToken'));
      return { body, headers: { 'content-type': contentType } };
    };
    return await outcome(test, 'oai:repository.example:');
  } finally {
    await test.close();
  }
}

/** Harvests, and tells what came of it; identifiers without what they all begin with. */
async function outcome(test: TestHarvest, prefix: string, show = line): Promise<Outcome> {
  const [summary] = await test.harvester.run();
  if (summary === undefined) throw new Error('no summary');
  const records = await recordsOf(test.catalogue);
  const gives = Object.fromEntries(
    records.map((record) => [record.oaiIdentifier.replace(prefix, ''), show(record)]),
  );
  return outcomeOf(summary, gives, await test.harvester.issues({ limit: 1_000 }));
}

async function recordsOf(catalogue: Catalogue): Promise<Holding[]> {
  const records: Holding[] = [];
  for await (const { record } of catalogue.feeds.entries(catalogue.node)) {
    const holding = await catalogue.holdings.get(keyOfIri(record) ?? '');
    if (holding === undefined) throw new Error(`no holding for ${record}`);
    records.push(holding);
  }
  return records;
}

/** `Title / Doe, Jane; Roe, Richard / 2020 / doi:10.1000/182`, as far as there is anything. */
function line(holding: Holding): string {
  if (isTombstone(holding)) return holding.tombstone.kind;
  const { creators, published, identifiers } = holding;
  const parts = [
    titleOf(holding),
    creators
      .map(({ name }) => name)
      .slice(0, 5)
      .join('; '),
    published ?? '',
    identifiers.map(identifierText).join(' '),
  ];
  return parts
    .filter((part) => part !== '')
    .map(shown)
    .join(' / ');
}

function titleOf({ titles }: Holding): string {
  return titles[0]?.value ?? '(no title)';
}
