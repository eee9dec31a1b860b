import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeOaiResponse, type ProvidedAnswer } from '../../protocols/oai-pmh/index.ts';
import { oaiDc } from '../../vocab/crosswalks/index.ts';

/** Of every record that the benchmarks' repositories have. */
export const DATESTAMP = '2026-01-01T00:00:00Z';
const PATH = '/oai';
const ANSWERED_AT = '2026-01-02T00:00:00Z';

export interface OaiServer {
  /** Base URL. */
  url: string;
  /** The document of an answer. */
  document: (answer: ProvidedAnswer) => Buffer;
}

export interface OaiServerOptions {
  /** A page of ListRecords, from 0; the number of the one behind it is its token. Undefined where there is none. */
  page: (number: number) => Buffer | undefined | Promise<Buffer | undefined>;
  /** What is waited for before each answer. */
  before?: () => Promise<void>;
}

/** An OAI-PMH repository on loopback with nothing but records in oai_dc, none of which ever changes. */
export async function serveOai({ page, before }: OaiServerOptions): Promise<OaiServer> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://repository.example');
    // A harvester asks for /robots.txt, too.
    const body = pathname === PATH ? answered(searchParams) : Promise.resolve(undefined);
    void body.then((bytes) =>
      response
        .writeHead(bytes === undefined ? 404 : 200, { 'content-type': 'text/xml; charset=utf-8' })
        .end(bytes),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  const document = (answer: ProvidedAnswer): Buffer =>
    Buffer.from(writeOaiResponse({ responseDate: ANSWERED_AT, baseUrl: url, answer }));

  const identify = document({
    verb: 'Identify',
    identify: {
      repositoryName: 'Benchmark',
      baseUrl: url,
      protocolVersion: '2.0',
      adminEmails: ['admin@repository.example'],
      earliestDatestamp: DATESTAMP,
      deletedRecord: 'persistent',
      granularity: 'YYYY-MM-DDThh:mm:ssZ',
      compressions: [],
    },
  });
  const formats = document({
    verb: 'ListMetadataFormats',
    formats: [{ prefix: 'oai_dc', schema: oaiDc.schema, namespace: oaiDc.namespace }],
  });
  const nothingNew = document({
    verb: 'error',
    faults: [{ condition: 'noRecordsMatch', message: 'Nothing has changed.' }],
  });

  async function answered(query: URLSearchParams): Promise<Buffer | undefined> {
    await before?.();
    const verb = query.get('verb');
    if (verb === 'Identify') return identify;
    if (verb === 'ListMetadataFormats') return formats;
    if ((query.get('from') ?? '') > DATESTAMP) return nothingNew;
    return await page(Number(query.get('resumptionToken') ?? '0'));
  }

  return { url, document };
}
