import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseOaiRequest, writeOaiResponse, type ProvidedAnswer } from '../../protocols/oai-pmh/index.ts';
import { oaiDc } from '../../vocab/crosswalks/index.ts';
import { element, raw } from '../../vocab/xml/index.ts';

const PAGE = 10;
const DATESTAMP = '2026-01-01T00:00:00Z';
const NAMESPACES = {
  'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

/**
 * A repository whose list goes on for as long as the test wants, page after page, so that a harvest is always under way.
 * Two records each are of one work; all have the word "repository" in their titles.
 */
export class EndlessRepository {
  readonly url: string;
  /** Records in the list. */
  size = Number.MAX_SAFE_INTEGER;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`;
    server.on('request', (request, response) => {
      const { request: asked } = parseOaiRequest(new URL(request.url ?? '/', this.url).searchParams);
      const answer = this.#answer(asked?.verb ?? '', Number(asked?.resumptionToken ?? '0'));
      const document = writeOaiResponse({ responseDate: '2026-01-02T00:00:00Z', baseUrl: this.url, answer });
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(document);
    });
  }

  static async start(): Promise<EndlessRepository> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new EndlessRepository(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(verb: string, start: number): ProvidedAnswer {
    if (verb === 'Identify') {
      return {
        verb,
        identify: {
          repositoryName: 'Endless',
          baseUrl: this.url,
          protocolVersion: '2.0',
          adminEmails: ['admin@repository.example'],
          earliestDatestamp: DATESTAMP,
          deletedRecord: 'persistent',
          granularity: 'YYYY-MM-DDThh:mm:ssZ',
          compressions: [],
        },
      };
    }
    if (verb === 'ListMetadataFormats') {
      const { prefix, schema, namespace } = oaiDc;
      return { verb, formats: [{ prefix, schema, namespace }] };
    }
    if (start >= this.size) return { verb: 'ListRecords', records: [], token: { value: '' } };
    const next = Math.min(start + PAGE, this.size);
    return {
      verb: 'ListRecords',
      records: Array.from({ length: next - start }, (_, i) => aRecord(start + i)),
      token: { value: next < this.size ? String(next) : '' },
    };
  }
}

function aRecord(n: number): {
  header: { identifier: string; datestamp: string; sets: []; deleted: false };
  metadata: string;
} {
  const work = Math.floor(n / 2);
  const metadata = element('oai_dc:dc', NAMESPACES, [
    raw(element('dc:title', {}, `Repository study number ${work}`)),
    raw(element('dc:creator', {}, `Author${work}, A.`)),
    raw(element('dc:date', {}, '2016')),
    raw(element('dc:identifier', {}, `https://doi.org/10.5555/pair.${work}`)),
  ]);
  return {
    header: { identifier: `oai:endless.example:${n}`, datestamp: DATESTAMP, sets: [], deleted: false },
    metadata,
  };
}
