import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import {
  OaiProvider,
  parseOaiRequest,
  writeOaiResponse,
  type ProvidedItem,
} from '../../../protocols/oai-pmh/index.ts';
import { oaiDc } from '../../../vocab/crosswalks/index.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';
import { NodeProcess } from '../../support/node-process.ts';
import { anArticle, aPdf } from '../../support/pdf.ts';
import { until } from '../../support/until.ts';

const NOW = '2026-01-02T00:00:00Z';
const CITED = 'Open repositories and the persistence of scholarly memory';

/** A repository with an article as PDF, the work that it cites, and an embargoed file that nobody may ask for. */
async function aRepository(): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site = `http://127.0.0.1:${port}`;
  const pdf = await aPdf([
    anArticle('zooxanthellae'),
    `References\n\nKnoth, P. (2016). ${CITED}. Journal of Repositories, 3(1), 1-12.\n\n` +
      'Doe, J. (2014). A work that nobody here holds at all. Journal of Absence, 1(2), 5-9.\n',
  ]);
  const items = [
    itemOf(1, { titles: [{ value: 'On something else' }], files: [file(`${site}/1.pdf`)] }),
    itemOf(2, { titles: [{ value: CITED }], published: '2016' }),
    itemOf(3, {
      access: { right: 'embargoed', embargoEnds: '2999-01-01' },
      files: [{ url: `${site}/secret.pdf`, access: 'embargoed' }],
    }),
  ];
  const provider = new OaiProvider({
    pageSize: 10,
    repository: {
      id: 'test',
      identify: () =>
        Promise.resolve({
          repositoryName: 'Test',
          baseUrl: `${site}/oai`,
          protocolVersion: '2.0',
          adminEmails: ['a@b.example'],
          earliestDatestamp: NOW,
          deletedRecord: 'persistent',
          granularity: 'YYYY-MM-DDThh:mm:ssZ',
          compressions: [],
        }),
      formats: () => Promise.resolve([{ ...oaiDc }]),
      sets: () => Promise.resolve([]),
      item: (identifier) => Promise.resolve(items.find(({ header }) => header.identifier === identifier)),
      items: async function* () {
        yield await Promise.resolve({ items, reached: 'the end' });
      },
      count: () => Promise.resolve(items.length),
    },
  });
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', site);
    asked.push(pathname);
    if (pathname === '/1.pdf') return response.setHeader('content-type', 'application/pdf').end(pdf);
    if (pathname !== '/oai') return response.writeHead(404).end();
    const parsed = parseOaiRequest(searchParams);
    void (async () => {
      const answer =
        parsed.request === undefined
          ? ({ verb: 'error', faults: parsed.faults } as const)
          : await provider.answer(parsed.request);
      response.setHeader('content-type', 'text/xml; charset=utf-8');
      response.end(writeOaiResponse({ responseDate: NOW, baseUrl: `${site}/oai`, answer }));
    })();
    return undefined;
  });
  return { server, url: `${site}/oai`, asked };
}

const file = (url: string): NgrRecord['files'][number] => ({
  url,
  format: 'application/pdf',
  access: 'open',
});

function itemOf(n: number, parts: Parameters<typeof aRecord>[0]): ProvidedItem {
  const identifier = `oai:repository.example:${n}`;
  const record = aRecord({ oaiIdentifier: identifier, access: { right: 'open' }, ...parts });
  return {
    header: { identifier, datestamp: NOW, sets: [], deleted: false },
    place: String(n),
    metadata: (prefix) => (prefix === 'oai_dc' ? oaiDc.write({ id: '', node: '', ...record }) : undefined),
  };
}

interface Found {
  orderedItems: { id: string; oaiIdentifier: string }[];
}

describe('the full text of a record, in a whole node', () => {
  let repository: Awaited<ReturnType<typeof aRepository>>;
  let node: NodeProcess | undefined;
  before(async () => {
    repository = await aRepository();
  });
  after(async () => {
    await node?.kill();
    repository.server.closeAllConnections();
    repository.server.close();
  });

  it('is fetched, searched by its words, and cites what is held; what is closed is never asked for', async () => {
    node = await NodeProcess.start(['--oai', repository.url, '--no-sample']);
    const running = node;
    const search = async (word: string): Promise<Found['orderedItems']> =>
      (await running.get<Found>(`/search?q=${word}`)).document.orderedItems;
    await until(
      'the words of the file are found',
      async () => (await search('zooxanthellae')).length === 1,
      120_000,
    );
    const [citing] = await search('zooxanthellae');
    expect(citing?.oaiIdentifier).to.equal('oai:repository.example:1');

    const path = new URL(citing?.id ?? '').pathname;
    const { document } = await node.get<{
      files: { length?: number; sha256?: string; textState?: string }[];
      referenceList: { text: string; title?: string }[];
    }>(path);
    expect(document.files[0]).to.include({ textState: 'extracted' });
    expect(document.files[0]?.sha256).to.match(/^[0-9a-f]{64}$/);
    expect(document.referenceList).to.have.length(2);

    const citations = await node.get<{ orderedItems: object[] }>(`${path}/citations`);
    expect(JSON.stringify(citations.document)).to.include(CITED);
    expect(repository.asked).to.include('/robots.txt').and.not.include('/secret.pdf');
  });
});
