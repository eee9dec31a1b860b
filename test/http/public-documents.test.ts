import { expect } from 'chai';
import { Identity } from '../../node/identity/index.ts';
import { SignatureVerifier, verifyHead, type SignedHead } from '../../protocols/heads/index.ts';
import { aSigned } from '../analysis/regional-usage/a-region.ts';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { API_TOKEN, aSite, BROWSER, type TestSite } from './support/a-site.ts';
import { tidy } from './support/tidy.ts';

interface Collection {
  totalItems: number;
  next?: string;
  prev?: string;
  orderedItems: { id: string; type: string; reasons?: string[]; name?: string; self?: boolean }[];
}

describe('the public addresses', () => {
  let site: TestSite;
  let own: string[];
  let theirs: string[];
  let andina: string;
  let work: string;
  before(async () => {
    site = await aSite();
    own = await site.put(
      aPut(1, {
        identifiers: [{ scheme: 'doi', value: '10.1000/1' }],
        titles: [{ value: 'Open access policies' }],
      }),
      aPut(2, { titles: [{ value: 'Policies for open access in Ghana' }] }),
      aPut(3, { titles: [{ value: 'Something else' }] }),
    );
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    andina = peer.node;
    theirs = await site.follow(
      peer,
      aPut(1, {
        identifiers: [{ scheme: 'doi', value: '10.1000/1' }],
        titles: [{ value: 'Open access policies' }],
      }),
    );
    const userAgent = 'Mozilla/5.0 Firefox/140.0';
    const hit = { key: own[0] ?? '', userAgent, time: site.clock.now() };
    await site.usage.record({ ...hit, kind: 'investigation', address: '192.0.2.1' });
    await site.usage.record({ ...hit, kind: 'request', address: '192.0.2.2' });
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:3', reason: 'Retracted' });
    work = `w${[own[0] ?? '', theirs[0] ?? ''].sort()[0]}`;
  });
  after(async () => {
    await site.close();
  });
  const json = async <T>(path: string): Promise<T> => {
    const response = await site.get(path);
    expect(response.status, path).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/ld+json; charset=utf-8');
    return (await response.json()) as T;
  };
  const page = async (path: string): Promise<string> => {
    const response = await site.get(path, { accept: BROWSER });
    expect(response.status, path).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    return tidy(await response.text());
  };

  it('all answer in terms that the context defines, and as a page to a browser', async () => {
    const paths = ['/', '/records', '/search?q=open', '/peers', '/usage', `/works/${work}`];
    for (const path of [...paths, `/records/${own[0]}/related`, `/records/${own[0]}/duplicates`]) {
      const document = await json<JsonLdObject>(path);
      expect(document['@context']).to.equal('https://node.example/context.jsonld');
      // Safe mode: a term that the context does not define throws.
      expect((await toNQuads(document)).length, path).to.be.greaterThan(0);
    }
    for (const path of paths) expect(await page(path)).to.match(/^<!doctype html><html lang="en">/);
  });

  it('answer 304 to who has the document or the page', async () => {
    for (const path of [
      '/',
      '/records',
      '/search?q=open',
      '/peers',
      '/usage',
      `/works/${work}`,
      '/context.jsonld',
    ]) {
      for (const accept of ['*/*', BROWSER]) {
        const etag = (await site.get(path, { accept })).headers.get('etag') ?? '';
        const again = await site.get(path, { accept, 'if-none-match': etag });
        expect(again.status, `${path} ${accept}`).to.equal(304);
      }
    }
  });

  describe('/', () => {
    it('describes the node', async () => {
      expect(await json('/')).to.deep.include({
        id: 'https://node.example',
        type: 'Node',
        name: 'University of Wyreford',
        node: site.catalogue.node,
        networks: ['open'],
        records: 2,
        inbox: 'https://node.example/inbox',
      });
    });

    it('shows counts, the latest records and the institutions', async () => {
      const text = await page('/');
      for (const shown of ['Open access policies', 'Universidad Andina', '1 record', 'Latest records']) {
        expect(text).to.contain(shown);
      }
      expect(text).not.to.contain('Something else');
      expect(text).to.match(/records of other institutions<\/dt><dd>1</);
      expect(text).to.match(/works held in more than one copy<\/dt><dd>1</);
    });

    it('leads machines to the inbox and to ResourceSync', async () => {
      const links = (await site.get('/')).headers.get('link');
      expect(links).to.contain('<https://node.example/inbox>; rel="http://www.w3.org/ns/ldp#inbox"');
      expect(links).to.contain('<https://node.example/resourcesync/capabilitylist.xml>; rel="resourcesync"');
    });
  });

  it('/.well-known/ngr-node names the node in a statement that its key signed', async () => {
    const response = await site.get('/.well-known/ngr-node');
    const body = (await response.json()) as { node: string; head: SignedHead & { signature: string } };
    expect(body.node).to.equal(site.catalogue.node);
    expect(body.head.base).to.equal('https://node.example');
    const head = { ...body.head, signature: Buffer.from(body.head.signature, 'base64url') };
    expect(await verifyHead(head, new SignatureVerifier())).to.equal(true);
  });

  it('/.well-known/ngr-node tells by what others may find copies here', async () => {
    const response = await site.get('/.well-known/ngr-node');
    const { holdingsFilter } = (await response.json()) as { holdingsFilter: object };
    expect(holdingsFilter).to.include({ protocol: '/ngr/lookup/1.0.0', keys: 5, seq: 2 });
  });

  it('/context.jsonld is the context of all documents', async () => {
    const context = await json<{ '@context': object }>('/context.jsonld');
    expect(context['@context']).to.include({ id: '@id', '@version': 1.1 });
  });

  describe('/records', () => {
    it('lists everything that is held, newest change first', async () => {
      const list = await json<Collection>('/records');
      expect(list.totalItems).to.equal(4);
      expect(list.orderedItems.map(({ id }) => id.split('/').at(-1))).to.deep.equal([
        own[2],
        theirs[0],
        own[1],
        own[0],
      ]);
      expect(list.orderedItems[0]?.type).to.equal('Tombstone');
    });

    for (const [name, query] of [
      ['of all', 'limit=1'],
      ['of one institution', 'limit=1&origin='],
    ] as const) {
      it(`leads through the list ${name} page by page`, async () => {
        const seen: string[] = [];
        const start = query.endsWith('=') ? query + site.catalogue.node : query;
        let path: string | undefined = `/records?${start}`;
        while (path !== undefined) {
          const list: Collection = await json<Collection>(path);
          seen.push(...list.orderedItems.map(({ id }) => id.split('/').at(-1) ?? ''));
          path = list.next === undefined ? undefined : list.next.slice('https://node.example'.length);
        }
        const expected = query.endsWith('=') ? [own[2], own[1], own[0]] : [own[2], theirs[0], own[1], own[0]];
        expect(seen).to.deep.equal(expected);
      });
    }

    it('leads back again', async () => {
      const second = await json<Collection>(
        (await json<Collection>('/records?limit=2')).next?.slice('https://node.example'.length) ?? '',
      );
      const first = await json<Collection>(second.prev?.slice('https://node.example'.length) ?? '');
      expect(first.orderedItems.map(({ id }) => id)).to.deep.equal(
        (await json<Collection>('/records?limit=2')).orderedItems.map(({ id }) => id),
      );
      expect(first.prev).to.equal(undefined);
    });

    for (const [asked, expected] of [
      ['type=thesis', 0],
      ['year=2016', 4],
      ['language=en', 4],
      ['language=en&year=2016&origin=', 3],
      ['access=restricted', 0],
      ['set=nothing', 0],
      ['since=2000-01-01', 4],
      ['since=2999-01-01T00:00:00Z', 0],
    ] as const) {
      it(`gives what ${asked} asks for`, async () => {
        const path = asked.endsWith('=') ? asked + site.catalogue.node : asked;
        expect((await json<Collection>(`/records?${path}`)).orderedItems).to.have.length(expected);
      });
    }

    for (const wrong of [
      'year=16',
      'language=%21',
      'since=yesterday',
      'before=3',
      'after=x',
      'access=free',
      'limit=0',
    ]) {
      it(`refuses ${wrong}`, async () => {
        expect((await site.get(`/records?${wrong}`)).status).to.equal(400);
      });
    }

    it('shows one institution’s', async () => {
      const text = await page(`/records?origin=${andina}`);
      expect(text).to.contain('<h1>Records of Universidad Andina</h1>');
      expect(text.match(/<li class="record/g)).to.have.length(1);
    });
  });

  it('/records/{key}/related names what both have in common, and is part of the page in a browser', async () => {
    const list = await json<Collection>(`/records/${own[1]}/related`);
    expect(list.orderedItems[0]?.reasons).to.have.length(1);
    expect(list.orderedItems[0]?.reasons?.[0]).to.match(/^words in common: .*\bpolicies\b/);
    const response = await site.get(`/records/${own[1]}/related`, { accept: BROWSER });
    expect(response.status).to.equal(303);
    expect(response.headers.get('location')).to.equal(`https://node.example/records/${own[1]}#related`);
  });

  it('/records/{key}/duplicates names the other copies and why they are taken for such', async () => {
    const list = await json<Collection>(`/records/${own[0]}/duplicates`);
    expect(list.orderedItems.map(({ id }) => id)).to.deep.equal([
      `https://andina.example/records/${theirs[0]}`,
    ]);
    expect(list.orderedItems[0]?.reasons).to.include('doi:10.1000/1');
  });

  describe('/works/{id}', () => {
    it('lists the copies with what shows that they are', async () => {
      const list = await json<Collection>(`/works/${work}`);
      expect(list.orderedItems).to.have.length(2);
      expect(list.orderedItems[0]?.reasons).to.include('doi:10.1000/1');
      const text = await page(`/works/${work}`);
      expect(text).to.contain('2 copies').and.contain('the same identifier (DOI 10.1000/1)');
    });

    it('leads from an id that is a record’s to the work as it is now', async () => {
      const other = `w${[own[0] ?? '', theirs[0] ?? ''].sort()[1]}`;
      const response = await site.get(`/works/${other}`);
      expect(response.status).to.equal(303);
      expect(response.headers.get('location')).to.equal(`https://node.example/works/${work}`);
    });

    for (const id of ['x', 'waaaaaaaaaaaaaaaaaaaa', 'w', '%00']) {
      it(`says 404 for ${id}`, async () => {
        const response = await site.get(`/works/${id}`);
        expect(response.status).to.equal(404);
        expect(((await response.json()) as { code: string }).code).to.equal('WORK_UNKNOWN');
      });
    }
  });

  it('/peers lists the nodes that are known, this one first', async () => {
    const list = await json<Collection>('/peers');
    expect(list.orderedItems.map(({ self }) => self)).to.deep.equal([true, false]);
    expect(list.orderedItems[1]?.name).to.equal('Universidad Andina');
    site.peers.refused = [{ code: 'FEED_BAD_SIGNATURE', count: 3 }];
    const text = await page('/peers');
    expect(text).to.contain('same network').and.contain('3 × a signature that does not fit');
  });

  it('/usage has the sums by month and node, and on the page the most used records', async () => {
    const totals = await json<{ byMonth: object[]; byNode: { name: string }[] }>('/usage');
    expect(totals).to.include({ investigations: 2, uniqueInvestigations: 2, requests: 1, uniqueRequests: 1 });
    expect(totals.byMonth[0]).to.include({ month: '2026-01', investigations: 2, requests: 1, nodes: 1 });
    expect(totals.byNode[0]?.name).to.equal('University of Wyreford');
    const text = await page('/usage');
    expect(text).to.contain('January 2026').and.contain('Open access policies');
    expect(text).not.to.contain('Kept apart');
  });

  describe('usage out of all proportion', () => {
    const loud = Identity.generate();
    const decide = (node: string, action: string): Promise<Response> =>
      fetch(`${site.url}/api/usage/${node}/${action}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
        body: '{}',
      });
    interface Sums {
      investigations: number;
      apart: { investigations: number; byNode: { why: string }[] };
    }

    it('is told of with both sums, and is counted when the manager says so', async () => {
      const total = {
        totalInvestigations: 90_000_000,
        uniqueInvestigations: 90_000_000,
        totalRequests: 5,
        uniqueRequests: 5,
      };
      await site.regionalUsage.accept(aSigned(loud, { month: '2026-01', total, time: site.clock.now() }));
      const before = await json<Sums>('/usage');
      expect(before.investigations).to.equal(2);
      expect(before.apart.byNode[0]).to.include({ node: loud.node, why: 'out of proportion' });
      expect((await toNQuads(await json<JsonLdObject>('/usage'))).length).to.be.greaterThan(0);
      for (const [language, words] of Object.entries({
        en: 'Counted above: 2 views and 1 download. Kept apart, and in no sum: 90,000,000 views and 5 downloads.',
        es: '90.000.000 consultas',
        pt: '90.000.000 visualizações',
        fr: 'consultations et 5 téléchargements',
      }))
        expect(await page(`/usage?lang=${language}`)).to.contain(words);

      expect((await decide(loud.node, 'accept')).status).to.equal(200);
      expect((await json<Sums>('/usage')).investigations).to.equal(90_000_002);
      const refused = (await (await decide(loud.node, 'refuse')).json()) as Record<string, object>;
      expect(refused['decision']).to.equal('refused');
      expect(refused['counted']).to.include({ investigations: 2, requests: 1 });
      expect(refused['apart']).to.include({ investigations: 90_000_000, requests: 5 });
      expect(await page('/usage')).to.contain('refused by the operator of this node');
    });

    it('is decided of nodes that have told of usage only', async () => {
      expect((await decide(Identity.generate().node, 'accept')).status).to.equal(404);
      expect((await decide('x!y', 'accept')).status).to.equal(404);
      expect((await fetch(`${site.url}/api/usage/${loud.node}/accept`, { method: 'POST' })).status).to.equal(
        401,
      );
    });
  });
});
