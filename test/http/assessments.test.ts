import { expect } from 'chai';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { LANGUAGES, localeOf } from '../../node/http/messages/index.ts';
import { aPut } from '../support/builders.ts';
import { API_TOKEN, aSite, BROWSER, type TestSite } from './support/a-site.ts';
import { tidy } from './support/tidy.ts';

const PATH = '/assessments/ngr-behaviours';
const HERE = `https://node.example${PATH}`;

interface Document extends JsonLdObject {
  startedAt: string;
  completedAt: string;
  behaviours: {
    id: string;
    name: string;
    extent: string;
    technologies: string[];
    shownAt: string[];
    checks: {
      id: string;
      name: string;
      assertion: { result: { outcome: string; seen?: string[]; advice?: string } };
    }[];
  }[];
}

describe('the assessments', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite();
    await site.put(aPut(1, { licence: 'https://creativecommons.org/licenses/by/4.0/' }));
  });
  after(async () => {
    await site.close();
  });
  const document = async (): Promise<Document> => {
    const response = await site.get(PATH);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/ld+json; charset=utf-8');
    expect(response.headers.get('vary')).to.contain('Accept');
    return (await response.json()) as Document;
  };

  it('can be had as a table, a line a check', async () => {
    const response = await site.get(`${PATH}?format=csv`);
    expect(response.headers.get('content-type')).to.contain('text/csv');
    expect(await response.text()).to.contain('exposing-identifiers,whole,resolvesIdentifiers,');
  });

  it('are listed, as data and as a page, and every page leads there', async () => {
    const list = (await (await site.get('/assessments')).json()) as JsonLdObject;
    expect(list['orderedItems']).to.deep.equal([
      { id: HERE, type: 'Assessment', name: 'Behaviours of a next generation repository' },
      { id: 'https://node.example/assessments/rioxx', type: 'Assessment', name: 'Metadata by RIOXX' },
      {
        id: 'https://node.example/assessments/openaire',
        type: 'Assessment',
        name: 'Metadata by the OpenAIRE guidelines',
      },
      {
        id: 'https://node.example/assessments/plan-s',
        type: 'Assessment',
        name: 'Plan S requirements for repositories',
      },
    ]);
    expect(await toNQuads(list)).to.contain(`<${HERE}>`);
    expect(await site.page('/assessments')).to.contain(`<a href="${PATH}">`);
    expect(await site.page('/')).to.contain('<a href="/assessments">Assessments</a>');
  });

  it('tell of the eleven behaviours what the node does, where it shows, and what it found', async () => {
    const { behaviours, startedAt, completedAt } = await document();
    expect(startedAt).to.equal('2026-01-01T00:00:00.000Z');
    expect(completedAt).to.equal(startedAt);
    expect(behaviours.map(({ id }) => id)).to.deep.equal(
      [
        'exposing-identifiers',
        'declaring-licences',
        'discovery-through-navigation',
        'interacting-with-resources',
        'resource-transfer',
        'batch-discovery',
        'collecting-and-exposing-activities',
        'identification-of-users',
        'authentication-of-users',
        'exposing-usage-metrics',
        'preserving-resources',
      ].map((name) => `${HERE}#${name}`),
    );
    for (const { id, technologies, shownAt, checks } of behaviours) {
      expect(technologies.length, id).to.be.greaterThan(0);
      expect(checks.length, id).to.be.greaterThan(0);
      for (const address of shownAt) {
        const { status } = await site.get(address.slice('https://node.example'.length));
        expect(status, address).to.equal(200);
      }
    }
    const results = new Map(
      behaviours.flatMap(({ checks }) =>
        checks.map(({ id, assertion }) => [id.slice(HERE.length + 1), assertion.result]),
      ),
    );
    expect(results.get('linksLicence')).to.deep.include({ outcome: 'passed' });
    expect(results.get('namesCitation')).to.deep.equal({
      type: 'TestResult',
      outcome: 'inapplicable',
      seen: ['None of the latest records has a DOI or a handle.'],
    });
    // The record's author has no ORCID: that is a failure, with what was seen and what to do.
    expect(results.get('namesAuthors')).to.deep.include({
      outcome: 'failed',
      seen: [
        `https://node.example/records?origin=${site.catalogue.node}&limit=100 0 of 1 looked at have it: ORCID`,
      ],
    });
    expect(results.get('namesAuthors')?.advice).to.contain('ORCID');
  });

  it('say plainly what a node does not do', async () => {
    const { behaviours } = await document();
    const extents = behaviours.map(({ id, extent }) => [id.slice(HERE.length + 1), extent]);
    expect(Object.fromEntries(extents)).to.deep.include({
      'authentication-of-users': 'not',
      'preserving-resources': 'partly',
      'batch-discovery': 'whole',
    });
  });

  it('are assertions of EARL', async () => {
    const quads = await toNQuads(await document());
    const earl = 'http://www.w3.org/ns/earl#';
    expect(quads).to.contain(`<${earl}test> <${HERE}#linksLicence>`);
    expect(quads).to.contain(`<${earl}subject> <https://node.example/>`);
    for (const outcome of ['passed', 'failed', 'inapplicable']) {
      expect(quads).to.contain(`<${earl}outcome> <${earl}${outcome}>`);
    }
    expect(quads).to.contain(`<${earl}mode> <${earl}automatic>`);
    expect(quads).to.match(
      /<https:\/\/node\.example\/assessments\/ngr-behaviours#linksLicence> <http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type> <http:\/\/www\.w3\.org\/ns\/earl#TestCase>/,
    );
  });

  for (const language of LANGUAGES) {
    it(`are a page in ${language}`, async () => {
      const response = await site.get(PATH, { accept: BROWSER, 'accept-language': language });
      expect(response.headers.get('content-language')).to.equal(language);
      const page = tidy(await response.text());
      const { assessments: words } = localeOf(language).messages;
      expect(page).to.contain(`<html lang="${language}">`);
      for (const { name, asks, does } of Object.values(words.behaviours)) {
        for (const text of [name, asks, does]) expect(page).to.contain(escaped(text));
      }
      for (const { title } of Object.values(words.checks)) expect(page).to.contain(escaped(title));
      expect(page).to.contain(`<span class="state bad">${words.outcomes.failed}</span>`);
      expect(page).to.contain(escaped(words.checks.namesAuthors.advice));
      expect(page).not.to.contain(escaped(words.checks.linksLicence.advice));
      expect(page).to.contain('<time datetime="2026-01-01T00:00:00.000Z">');
      expect(page)
        .to.contain('id="exposing-identifiers"')
        .and.contain('rel="alternate" type="application/ld+json"');
    });
  }

  it('answer 304 to who has the report', async () => {
    const first = await site.get(PATH);
    const again = await site.get(PATH, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).to.equal(304);
  });

  it('are taken anew by the manager alone', async () => {
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${site.url}/api${PATH}`, { method: 'POST', headers });
    expect((await post({})).status).to.equal(401);
    const before = await document();
    site.clock.advance(1_000);
    expect((await document()).startedAt).to.equal(before.startedAt);
    const response = await post({ authorization: `Bearer ${API_TOKEN}` });
    expect(response.status).to.equal(200);
    const renewed = (await response.json()) as Document;
    expect(renewed.startedAt).to.equal('2026-01-01T00:00:01.000Z');
    expect((await document()).startedAt).to.equal(renewed.startedAt);
  });

  it('are a problem where there is none of the name, and to who wants another format', async () => {
    const unknown = await site.get('/assessments/rioxx-9');
    expect(unknown.status).to.equal(404);
    expect(unknown.headers.get('content-type')).to.contain('application/problem+json');
    expect(await unknown.json()).to.include({ code: 'ASSESSMENT_UNKNOWN' });
    expect((await site.get(PATH, { accept: 'text/turtle' })).status).to.equal(406);
    expect((await site.get(`${PATH}?lang=tlh`)).status).to.equal(400);
    expect((await fetch(site.url + PATH, { method: 'POST' })).status).to.equal(405);
  });
});

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
