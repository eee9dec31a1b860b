import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { DomainProofs } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { SetDigest, SignatureVerifier, signHead, type SignedHead } from '../../../protocols/heads/index.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

describe('the proof that a domain gives of its node', () => {
  const identity = Identity.generate();
  let server: Server;
  let base: string;
  let asked: number;
  let answer: () => { status?: number; headers?: Record<string, string>; body: string };
  let test: TestCatalogue;
  let clock: TestClock;
  let proofs: DomainProofs;
  let changes: string[];

  const aHead = (parts: Partial<SignedHead> = {}, by = identity): SignedHead =>
    signHead(
      {
        node: by.node,
        base,
        name: 'Example',
        networks: ['n'],
        seq: 0,
        live: 0,
        setDigest: SetDigest.empty().digest(),
        time: 5,
        ...parts,
      },
      by,
    );
  const aDocument = (parts: object = {}, head = aHead()): string =>
    JSON.stringify({
      node: identity.node,
      base,
      name: 'Example',
      head: { ...head, signature: Buffer.from(head.signature).toString('base64url') },
      ...parts,
    });
  const startProofs = async (): Promise<void> => {
    const section = test.store.section('domain-proofs');
    const verifier = new SignatureVerifier();
    proofs = new DomainProofs({ section, fetch, verifier, clock, log: silentLog });
    proofs.onChange((node) => changes.push(`${node === identity.node ? 'it' : node} ${proofs.of(node)}`));
    await proofs.start();
  };

  before(async () => {
    server = createServer((request, response) => {
      asked += 1;
      const { status = 200, headers = {}, body } = answer();
      response.writeHead(request.url === '/.well-known/ngr-node' ? status : 404, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(async () => {
    asked = 0;
    changes = [];
    clock = new TestClock();
    test = await aCatalogue({ clock });
    await startProofs();
  });
  afterEach(async () => {
    await proofs.stop();
    await test.close();
  });

  const found = async (): Promise<string> => {
    proofs.want(identity.node, base);
    await until('the domain was asked', () => proofs.of(identity.node) !== 'unchecked');
    return proofs.of(identity.node);
  };

  it('is one where its document names the id and the id signed the base URL', async () => {
    answer = () => ({ body: aDocument() });
    expect(proofs.of(identity.node)).to.equal('unchecked');
    expect(await found()).to.equal('proved');
    await until('others are told', () => changes.length > 0);
    expect(changes).to.deep.equal(['it proved']);
  });

  const stranger = Identity.generate();
  const cases: [string, 'contradicted' | 'unreachable', () => ReturnType<typeof answer>][] = [
    ['names another id', 'contradicted', () => ({ body: aDocument({ node: stranger.node }) })],
    [
      'names another base URL',
      'contradicted',
      () => ({ body: aDocument({ base: 'https://other.example' }) }),
    ],
    ['has a head of another node', 'contradicted', () => ({ body: aDocument({}, aHead({}, stranger)) })],
    [
      'has a head that was altered',
      'contradicted',
      () => ({ body: aDocument({}, { ...aHead(), name: 'Other' }) }),
    ],
    [
      'has a head for another base URL',
      'contradicted',
      () => ({ body: aDocument({}, aHead({ base: 'https://other.example' })) }),
    ],
    ['has no head', 'unreachable', () => ({ body: JSON.stringify({ node: identity.node, base }) })],
    ['is not JSON', 'unreachable', () => ({ body: '<html>' })],
    ['is too long', 'unreachable', () => ({ body: aDocument({ filler: 'x'.repeat(300_000) }) })],
    ['is not there', 'unreachable', () => ({ status: 404, body: '' })],
    ['leads elsewhere', 'unreachable', () => ({ status: 302, headers: { location: `${base}/x` }, body: '' })],
  ];
  for (const [what, proof, given] of cases) {
    it(`is ${proof} where the document ${what}`, async () => {
      answer = given;
      expect(await found()).to.equal(proof);
    });
  }

  it('comes with where the institution is, so far as that can be so', async () => {
    const location = { country: 'BR', latitude: -23.56, longitude: -46.73 };
    answer = () => ({ body: aDocument({ location }) });
    await found();
    const { country, ...place } = location;
    const profile = { provedAt: clock.now(), country, location: place };
    expect(proofs.profile(identity.node)).to.deep.equal(profile);
    await proofs.stop();
    await startProofs();
    expect(proofs.profile(identity.node)).to.deep.equal(profile);

    answer = () => ({ body: aDocument({ location: { country: 'Brazil', latitude: 91, longitude: 5 } }) });
    clock.advance(DAY_MS + 1);
    await until('it was asked again', () => proofs.profile(identity.node)?.country === undefined);
    expect(proofs.profile(identity.node)).to.deep.equal({ provedAt: profile.provedAt });
  });

  it('is looked at again every day, outlives an outage and a restart, and ends by a contradiction', async () => {
    answer = () => ({ body: aDocument() });
    await found();
    answer = () => ({ status: 503, body: '' });
    clock.advance(DAY_MS + 1);
    await until('it was asked again', () => asked === 2);
    expect(proofs.of(identity.node)).to.equal('proved');

    await proofs.stop();
    await startProofs();
    expect(proofs.of(identity.node)).to.equal('proved');

    answer = () => ({ body: aDocument({ node: stranger.node }) });
    clock.advance(DAY_MS + 1);
    await until('it is a contradiction', () => proofs.of(identity.node) === 'contradicted');
  });

  it('is asked for again, ever more slowly, where there is no answer', async () => {
    answer = () => ({ status: 500, body: '' });
    expect(await found()).to.equal('unreachable');
    for (const wait of [30_000, 60_000, 120_000]) {
      const before = asked;
      clock.advance(wait + 5_000);
      await until('it was asked again', () => asked === before + 1);
    }
    answer = () => ({ body: aDocument() });
    clock.advance(60 * 60_000);
    await until('it is proved in the end', () => proofs.of(identity.node) === 'proved');
  });

  it('is nothing for another base URL', async () => {
    answer = () => ({ body: aDocument() });
    await found();
    proofs.want(identity.node, `${base}/elsewhere`);
    expect(proofs.of(identity.node)).to.equal('unchecked');
  });

  it('of invented nodes takes bounded room, and pushes no proved one out', async () => {
    answer = () => ({ body: aDocument() });
    await found();
    answer = () => ({ status: 500, body: '' });
    for (let i = 0; i < 25_000; i++) proofs.want(`invented ${i}`, 'http://127.0.0.1:1');
    expect(proofs.of(identity.node)).to.equal('proved');
  });

  describe('where nodes are invented', () => {
    const asked: string[] = [];
    let answers: Map<string, string>;
    let crowded: DomainProofs;
    beforeEach(async () => {
      asked.length = 0;
      answers = new Map();
      crowded = new DomainProofs({
        section: test.store.section('crowded'),
        // Domains that are not there give no answer at all.
        fetch: async (url, init) => {
          asked.push(url);
          const body = answers.get(url);
          if (body !== undefined) return new Response(body);
          return await new Promise((_, reject) => {
            init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
          });
        },
        verifier: new SignatureVerifier(),
        clock,
        log: silentLog,
      });
      await crowded.start();
    });
    afterEach(() => crowded.stop());

    /** A node whose domain says that it is its own. */
    const honest = (at: string, by = Identity.generate()): string => {
      const head = aHead({ base: at }, by);
      answers.set(`${at}/.well-known/ngr-node`, aDocument({ node: by.node, base: at }, head));
      return by.node;
    };

    it('does not wait for thousands of them, once the node was met', async () => {
      for (let i = 0; i < 5_000; i++) crowded.want(`invented ${i}`, `https://invented-${i}.example`);
      const node = honest('https://honest.example');
      crowded.want(node, 'https://honest.example');
      expect(crowded.of(node)).to.equal('unchecked');
      crowded.want(node, 'https://honest.example', true);
      await until('it is proved', () => crowded.of(node) === 'proved');
      expect(asked).to.have.length.below(5);
    });

    it('sends nobody to one host side by side', () => {
      for (let i = 0; i < 100; i++) crowded.want(`invented ${i}`, `https://victim.example/${i}`);
      expect(asked).to.deep.equal(['https://victim.example/0/.well-known/ngr-node']);
    });

    it('is given to so many nodes of one domain', async () => {
      const nodes = Array.from({ length: 101 }, (_, i) => {
        const at = `https://node-${i}.greedy.example`;
        const node = honest(at);
        crowded.want(node, at, true);
        return node;
      });
      const proved = (): number => nodes.filter((node) => crowded.of(node) === 'proved').length;
      await until('most are proved', () => proved() >= 100);
      const other = honest('https://node.modest.example');
      crowded.want(other, 'https://node.modest.example', true);
      await until('another domain is not kept waiting', () => crowded.of(other) === 'proved');
      expect(proved()).to.be.within(100, 103);
    });
  });
});
