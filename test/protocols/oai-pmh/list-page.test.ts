import { expect } from 'chai';
import {
  OaiProvider,
  type ProvidedAnswer,
  type ProvidedItem,
  type ProvidedPart,
} from '../../../protocols/oai-pmh/index.ts';

const MB = 1024 * 1024;

describe('a list that is provided', () => {
  const itemOf = (n: number, bytes: number): ProvidedItem => ({
    header: { identifier: `oai:x:${n}`, datestamp: '2026-01-01', sets: [], deleted: false },
    place: String(n).padStart(6, '0'),
    metadata: () => `<dc>${'x'.repeat(bytes)}</dc>`,
  });

  /** A list of parts; `read` tells how many of them were read. */
  function aProvider(parts: readonly ProvidedPart[]): { provider: OaiProvider; read: () => number } {
    let read = 0;
    const repository = {
      id: 'test',
      identify: () => Promise.reject(new Error('not asked')),
      formats: () => Promise.resolve([{ prefix: 'oai_dc', schema: 's', namespace: 'n' }]),
      item: () => Promise.resolve(undefined),
      sets: () => Promise.resolve([]),
      count: () => Promise.resolve(undefined),
      items: async function* (_: unknown, { after = '' }: { after?: string }) {
        for (const { items, reached } of parts) {
          if (reached <= after) continue;
          read += 1;
          yield await Promise.resolve({ items: items.filter(({ place }) => place > after), reached });
        }
      },
    };
    return { provider: new OaiProvider({ repository, pageSize: 100 }), read: () => read };
  }
  const partOf = (items: readonly ProvidedItem[]): ProvidedPart => ({
    items,
    reached: items.at(-1)?.place ?? '',
  });
  const emptyUpTo = (n: number): ProvidedPart => ({ items: [], reached: String(n).padStart(6, '0') });

  async function pagesOf(
    provider: OaiProvider,
    verb: 'ListRecords' | 'ListIdentifiers' = 'ListRecords',
  ): Promise<string[][]> {
    const pages: string[][] = [];
    let token: string | undefined;
    do {
      const request = token === undefined ? { metadataPrefix: 'oai_dc' } : { resumptionToken: token };
      const answer: ProvidedAnswer = await provider.answer({ verb, ...request });
      if (answer.verb !== 'ListRecords' && answer.verb !== 'ListIdentifiers') throw new Error(answer.verb);
      const headers =
        answer.verb === 'ListRecords' ? answer.records.map(({ header }) => header) : answer.headers;
      pages.push(headers.map(({ identifier }) => identifier));
      token = answer.token?.value;
    } while (token !== undefined && token !== '');
    return pages;
  }

  it('has pages of so many records', async () => {
    const items = Array.from({ length: 250 }, (_, n) => itemOf(n, 10));
    const { provider } = aProvider([partOf(items.slice(0, 130)), partOf(items.slice(130))]);
    const pages = await pagesOf(provider);
    expect(pages.map(({ length }) => length)).to.deep.equal([100, 100, 50]);
    expect(new Set(pages.flat()).size).to.equal(250);
  });

  it('has shorter pages where records are long, and reads no more of them than it gives', async () => {
    const items = Array.from({ length: 12 }, (_, n) => itemOf(n, 0.4 * MB));
    const { provider, read } = aProvider(items.map((item) => partOf([item])));
    const first = await provider.answer({ verb: 'ListRecords', metadataPrefix: 'oai_dc' });
    expect(first.verb === 'ListRecords' && first.records.length).to.equal(3);
    expect(read()).to.equal(4);
    const pages = await pagesOf(provider);
    expect(pages.map(({ length }) => length)).to.deep.equal([3, 3, 3, 3]);
    expect(await pagesOf(provider, 'ListIdentifiers')).to.deep.equal([pages.flat()]);
  });

  it('has a page for a record that is larger than a page', async () => {
    const { provider } = aProvider([partOf([itemOf(0, 3 * MB), itemOf(1, 3 * MB)])]);
    expect(await pagesOf(provider)).to.deep.equal([['oai:x:0'], ['oai:x:1']]);
  });

  it('goes on in another answer where much was looked through for little', async () => {
    const gaps = (from: number, to: number): ProvidedPart[] =>
      Array.from({ length: to - from }, (_, i) => emptyUpTo(from + i + 1));
    const { provider, read } = aProvider([
      ...gaps(0, 10),
      partOf([itemOf(11, 10)]),
      ...gaps(11, 60),
      partOf([itemOf(61, 10)]),
      ...gaps(61, 200),
    ]);
    await provider.answer({ verb: 'ListRecords', metadataPrefix: 'oai_dc' });
    expect(read()).to.be.at.most(20);
    const pages = await pagesOf(provider);
    expect(pages.flat()).to.deep.equal(['oai:x:11', 'oai:x:61']);
    expect(pages.length).to.be.within(3, 10);
  });

  it('gives a token alone rather than look through everything for one answer', async () => {
    const { provider, read } = aProvider(Array.from({ length: 120 }, (_, n) => emptyUpTo(n + 1)));
    const first = await provider.answer({ verb: 'ListRecords', metadataPrefix: 'oai_dc' });
    expect(first.verb).to.equal('ListRecords');
    expect(read()).to.equal(25);
    expect((await pagesOf(provider)).flat()).to.deep.equal([]);
  });

  it('is empty by its own error where nothing is in it', async () => {
    const { provider } = aProvider([]);
    const answer = await provider.answer({ verb: 'ListRecords', metadataPrefix: 'oai_dc' });
    expect(answer.verb === 'error' && answer.faults[0]?.condition).to.equal('noRecordsMatch');
  });
});
