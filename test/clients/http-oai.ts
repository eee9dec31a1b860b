import { expect } from 'chai';
import { httpOai, needs, script } from './support/programs.ts';
import type { PublishedNode } from './support/published-node.ts';
import { runForJson } from './support/run.ts';

interface Request {
  verb: string;
  arguments?: Readonly<Record<string, string>>;
}
interface Harvest<Item> {
  items: Item[];
  errors: string[];
}
interface Header {
  identifier: string;
  datestamp: string;
  deleted: boolean;
  sets: string[];
}
interface Harvested extends Header {
  /** Namespace of the metadata. */
  root: string | null;
}

const namespaces = {
  oai_dc: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  rioxx: 'http://www.rioxx.net/schema/v3.0/rioxx/',
  oai_openaire: 'http://namespace.openaire.eu/schema/oaire/',
  oai_datacite: 'http://schema.datacite.org/oai/oai-1.1/',
};

const identifiersOf = (items: readonly { identifier: string }[]): string[] =>
  items.map(({ identifier }) => identifier).sort();

/** Perl's HTTP::OAI, which EPrints, arXiv's and many aggregators' harvesters are made of. */
export function harvestsWithHttpOai(node: PublishedNode): void {
  describe('HTTP::OAI', () => {
    const perl = needs(httpOai);
    const harvest = <Item>(...requests: Request[]): Promise<Harvest<Item>[]> =>
      runForJson(perl(), [script('http-oai.pl')], { baseURL: `${node.url}/oai`, requests });
    const one = async <Item>(verb: string, options: Request['arguments'] = {}): Promise<Harvest<Item>> => {
      const [harvested] = await harvest<Item>({ verb, arguments: options });
      if (harvested === undefined) throw new Error('nothing came back');
      return harvested;
    };

    it('is told who answers, and that deletions are kept', async () => {
      const { items, errors } = await one<Record<string, string>>('Identify');
      expect(errors).to.deep.equal([]);
      expect(items[0]).to.include({
        repositoryName: 'Consortium of samples',
        baseURL: `${node.url}/oai`,
        protocolVersion: '2.0',
        deletedRecord: 'persistent',
        granularity: 'YYYY-MM-DDThh:mm:ssZ',
        adminEmail: 'librarian@consortium.example',
      });
    });

    it('harvests every record in each format, through the tokens', async () => {
      const expected = node.listed.map(({ oaiIdentifier }) => oaiIdentifier).sort();
      expect(expected).to.have.length.above(100, 'which takes more than one page');
      const { items: offered } = await one<string>('ListMetadataFormats');
      expect(offered).to.include.members(Object.keys(namespaces));
      const harvests = await harvest<Harvested>(
        ...Object.keys(namespaces).map((metadataPrefix) => ({
          verb: 'ListRecords',
          arguments: { metadataPrefix },
        })),
      );
      for (const [i, [prefix, namespace]] of Object.entries(namespaces).entries()) {
        const { items, errors } = harvests[i] ?? { items: [], errors: [] };
        expect(errors, prefix).to.deep.equal([]);
        expect(identifiersOf(items), prefix).to.deep.equal(expected);
        const gone = items.filter(({ root }) => root !== namespace);
        expect(gone, prefix).to.have.length(1);
        expect(gone[0]).to.include({ identifier: node.withdrawn.oaiIdentifier, deleted: true, root: null });
      }
    });

    it('harvests what was received in a format, as it was received', async () => {
      const [rioxx, headers] = await harvest<Harvested>(
        { verb: 'ListRecords', arguments: { metadataPrefix: 'received_rioxx' } },
        { verb: 'ListIdentifiers', arguments: { metadataPrefix: 'received_rioxx' } },
      );
      const ofWyreford = node.listed.filter(({ oaiIdentifier }) =>
        oaiIdentifier.includes(':eprints.wyreford.'),
      );
      const standing = rioxx?.items.filter(({ deleted }) => !deleted) ?? [];
      expect(identifiersOf(standing)).to.deep.equal(
        ofWyreford.flatMap(({ oaiIdentifier, isGone }) => (isGone ? [] : oaiIdentifier)).sort(),
      );
      expect(new Set(standing.map(({ root }) => root))).to.deep.equal(
        new Set(['http://www.rioxx.net/schema/v3.0/rioxx/']),
      );
      expect(identifiersOf(headers?.items ?? [])).to.deep.equal(identifiersOf(rioxx?.items ?? []));
    });

    it('harvests by set, each set having what its members say', async () => {
      const { items: specs } = await one<string>('ListSets');
      const { items: all } = await one<Header>('ListIdentifiers', { metadataPrefix: 'oai_dc' });
      expect(new Set(all.flatMap(({ sets }) => sets))).to.satisfy((used: Set<string>) =>
        [...used].every((spec) => specs.includes(spec)),
      );
      const harvests = await harvest<Header>(
        ...specs.map((set) => ({ verb: 'ListIdentifiers', arguments: { metadataPrefix: 'oai_dc', set } })),
      );
      for (const [i, spec] of specs.entries()) {
        const members = all.filter(({ sets }) =>
          sets.some((name) => name === spec || name.startsWith(`${spec}:`)),
        );
        expect(members, spec).not.to.deep.equal([]);
        expect(identifiersOf(harvests[i]?.items ?? []), spec).to.deep.equal(identifiersOf(members));
      }
    });

    it('harvests by date: what came before the withdrawal, and the withdrawal', async () => {
      const { items: all } = await one<Header>('ListIdentifiers', { metadataPrefix: 'oai_dc' });
      const withdrawal = all.find(({ deleted }) => deleted)?.datestamp ?? '';
      const before = `${new Date(Date.parse(withdrawal) - 1_000).toISOString().slice(0, 19)}Z`;
      const [since, until, during, never] = await harvest<Header>(
        { verb: 'ListIdentifiers', arguments: { metadataPrefix: 'oai_dc', from: withdrawal } },
        { verb: 'ListIdentifiers', arguments: { metadataPrefix: 'oai_dc', until: before } },
        {
          verb: 'ListIdentifiers',
          arguments: { metadataPrefix: 'oai_dc', from: withdrawal, until: withdrawal },
        },
        { verb: 'ListIdentifiers', arguments: { metadataPrefix: 'oai_dc', until: '2001-01-01' } },
      );
      const { oaiIdentifier } = node.withdrawn;
      expect(identifiersOf(since?.items ?? [])).to.deep.equal([oaiIdentifier]);
      expect(identifiersOf(during?.items ?? [])).to.deep.equal([oaiIdentifier]);
      expect(identifiersOf(until?.items ?? [])).to.deep.equal(
        node.records.map((record) => record.oaiIdentifier).sort(),
      );
      expect(never).to.deep.equal({ items: [], errors: ['noRecordsMatch'] });
    });

    it('gets one record, the withdrawn one as deleted, and is told of what there is not', async () => {
      const { oaiIdentifier: identifier } = node.records[0] ?? node.withdrawn;
      const ask = (parts: Record<string, string>): Request => ({
        verb: 'GetRecord',
        arguments: { metadataPrefix: 'oai_dc', identifier, ...parts },
      });
      const [standing, gone, unknown, inNone] = await harvest<Harvested>(
        ask({}),
        ask({ identifier: node.withdrawn.oaiIdentifier }),
        ask({ identifier: 'oai:nowhere.example:1' }),
        ask({ metadataPrefix: 'marcxml' }),
      );
      expect(standing?.items[0]).to.include({ identifier, deleted: false });
      expect(gone?.items[0]).to.include({
        identifier: node.withdrawn.oaiIdentifier,
        deleted: true,
        root: null,
      });
      expect(unknown?.errors).to.deep.equal(['idDoesNotExist']);
      expect(inNone?.errors).to.deep.equal(['cannotDisseminateFormat']);
    });
  });
}
