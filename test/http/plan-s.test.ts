import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import { Declared, Offers, PlanS, Probes } from '../../node/assessment/index.ts';
import { DaySheet, SLOTS_A_DAY, slotOf } from '../../node/assessment/probes/day-sheet.ts';
import { endpointKey, sheetKey } from '../../node/assessment/probes/layout.ts';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { MemoryDisk } from '../federation/faults/memory-disk.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

const PLAN_S = '/assessments/plan-s';
const API = `/api${PLAN_S}`;
const BASE = 'https://node.example';
const ADDRESS = 'https://r.example/oai';
/** As sources are configured that only the node reaches. */
const INSIDE = [
  'http://10.1.2.3:8080/oai',
  'http://[fd00::1]/oai',
  'http://dspace:8080/oai',
  'http://dspace.wyreford.internal/oai',
  'http://localhost:8080/oai',
  'https://harvester:password@r2.example/oai',
];
const START = Date.UTC(2026, 0, 1);
const HELPDESK = {
  isMet: true,
  statement: '<b>Within</b> one business day.',
  evidence: 'https://r.example/help',
  date: '2025-12-01',
  by: 'Repository manager',
};

interface Criterion extends JsonLdObject {
  id: string;
  standing: string;
  assertion: JsonLdObject[];
}
interface Document extends JsonLdObject {
  requirements: (JsonLdObject & { id: string; standing: string; criteria: Criterion[] })[];
  availability: JsonLdObject[];
}

describe('the assessment by Plan S', () => {
  let site: TestSite;
  before(async () => {
    const section = new MemoryDisk(() => undefined).open().section('plan-s');
    // Ten days before now, with an hour's outage in the middle of them.
    for (let day = 0; day < 10; day += 1) {
      const sheet = new DaySheet();
      for (let slot = 0; slot < SLOTS_A_DAY; slot += 1) sheet.mark(slot, !(day === 5 && slot < 12));
      const number = Math.floor(slotOf(START) / SLOTS_A_DAY) - 10 + day;
      await section.put(sheetKey(endpointKey(ADDRESS), number), sheet.bytes);
    }
    const probing = { section, fetch: () => Promise.reject(new Error('nobody')), log: silentLog };
    const clock = new TestClock(START);
    const declared = await Declared.open(section);
    const inside = INSIDE.map((address, n) => ({ name: `inside ${n}`, kind: 'oai-pmh' as const, address }));
    const probes = await Probes.open({
      ...probing,
      endpoints: [{ name: 'repository', kind: 'oai-pmh', address: ADDRESS }, ...inside],
      clock,
    });
    for (const address of INSIDE) {
      const offer = { at: START, formats: [], statement: { isCc0: true, text: 'CC0' } };
      await section.put(`o!${endpointKey(address)}`, dagCbor.encode(offer));
    }
    const offers = await Offers.open({ ...probing, endpoints: inside, clock });
    site = await aSite({ parts: { planS: { declared, report: () => planS.report() } } });
    const { metadataAssessment: metadata, institution } = site.parts;
    const planS = new PlanS({
      metadata,
      probes,
      offers,
      declared,
      institution: () => institution.document,
      clock,
    });
  });
  after(() => site.close());

  const json = async (path: string): Promise<Document> => {
    const response = await site.get(path);
    expect(response.status, path).to.equal(200);
    return (await response.json()) as Document;
  };
  const criterion = ({ requirements }: Document, id: string): Criterion | undefined =>
    requirements.flatMap(({ criteria }) => criteria).find((one) => one.id === `${BASE}${PLAN_S}#${id}`);
  const api = (method: string, body?: object): Promise<Response> =>
    fetch(site.url + API, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('is listed', async () => {
    const list = await json('/assessments');
    expect((list['orderedItems'] as JsonLdObject[]).map(({ id }) => id)).to.include(BASE + PLAN_S);
    expect(await site.page('/assessments')).to.contain(
      '<a href="/assessments/plan-s">Plan S requirements for repositories</a>',
    );
  });

  it('tells of the availability by the probes: outages, months, and how much is known', async () => {
    const document = await json(PLAN_S);
    const [repository] = document.availability;
    expect(repository).to.deep.include({
      address: ADDRESS,
      minutesKnown: 10 * 24 * 60,
      minutesUp: 10 * 24 * 60 - 60,
      minutes: 365 * 24 * 60,
      outages: [{ from: '2025-12-27T00:00:00.000Z', to: '2025-12-27T01:00:00.000Z' }],
    });
    expect(criterion(document, 'uptime')).to.deep.include({ standing: 'not-met', threshold: 0.997 });
    const page = await site.page(PLAN_S);
    expect(page).to.contain('Minutes without an answer, by month: repository');
    expect(page).to.contain('99.5%').and.to.contain('Plan S asks for 99.7%.');
    expect(page).to.contain('Dec 27, 2025, 12:00 AM UTC');
  });

  it('tells nobody where an endpoint is that only the node reaches, nor by which password', async () => {
    for (const path of [PLAN_S, `${PLAN_S}?format=csv`, `${PLAN_S}?format=html`]) {
      const told = await (await site.get(path)).text();
      expect(told).to.contain(path === PLAN_S ? 'inside 0' : 'r.example');
      for (const address of INSIDE) expect(told, path).not.to.contain(new URL(address).host);
      expect(told).not.to.contain('password@');
    }
  });

  it('does not count maintenance that was announced, and takes what the institution says, as it says it', async () => {
    const maintenance = [{ from: '2025-12-27T00:00:00Z', to: '2025-12-27T01:00:00Z' }];
    const response = await api('PUT', {
      declarations: {
        'helpdesk-response': HELPDESK,
        versioning: { ...HELPDESK, isMet: false, date: '2024-06-01' },
      },
      maintenance,
    });
    expect(response.status).to.equal(200);
    const document = await json(PLAN_S);
    expect(document['maintenance']).to.deep.equal(maintenance);
    expect(criterion(document, 'uptime')?.standing).to.equal('met');
    const helpdesk = criterion(document, 'helpdesk-response');
    expect(helpdesk?.standing).to.equal('declared');
    expect(helpdesk?.assertion.map(({ mode }) => mode)).to.deep.equal(['automatic', 'manual']);
    expect(helpdesk?.assertion[1]).to.deep.include({
      by: 'Repository manager',
      date: '2025-12-01',
      isStale: false,
      result: {
        type: 'TestResult',
        outcome: 'passed',
        statement: HELPDESK.statement,
        evidence: HELPDESK.evidence,
      },
    });
    expect(criterion(document, 'versioning')?.assertion[1]).to.deep.include({ isStale: true });
    const page = await site.page(PLAN_S);
    expect(page).to.contain('&lt;b&gt;Within&lt;/b&gt; one business day.');
    expect(page).to.contain('This was said more than a year ago');
    expect(page).not.to.contain('<b>Within');
  });

  it('is EARL, whole', async () => {
    const quads = await toNQuads(await json(PLAN_S));
    for (const term of ['TestRequirement', 'TestCase', 'Assertion', 'manual', 'automatic', 'failed'])
      expect(quads, term).to.contain(`<http://www.w3.org/ns/earl#${term}>`);
    expect(quads).to.contain('<https://w3id.org/ngr#threshold>');
    expect(quads).to.contain('<https://w3id.org/ngr#minutesKnown>');
    expect(quads).to.contain('"Repository manager"');
  });

  it('counts what records show, and leads to those that fail', async () => {
    const [key = ''] = await site.put(
      aPut(1, { identifiers: [{ scheme: 'handle', value: '2027/1' }] }),
      aPut(2, { identifiers: [] }),
    );
    expect(key).to.have.length(20);
    const records = await json(`${PLAN_S}/records`);
    expect(records['records']).to.equal(2);
    const failing = await json(`${PLAN_S}/records?failing=deposit-identifier`);
    expect(
      (failing['orderedItems'] as JsonLdObject[]).map(({ oaiIdentifier }) => oaiIdentifier),
    ).to.deep.equal(['oai:repository.example:2']);
    expect(criterion(await json(PLAN_S), 'persistent-identifiers')).to.deep.include({
      share: 0.5,
      standing: 'not-met',
    });
    expect(await site.page(PLAN_S)).to.contain(
      '<a href="/assessments/plan-s/records?failing=deposit-identifier">1 record fails</a>',
    );
    const table = await (await site.get(`${PLAN_S}/records?format=csv`)).text();
    expect(table.split('\r\n')[0]).to.contain('deposit-identifier');
  });

  it('is reached from a record’s own page, where the record is this institution’s', async () => {
    const [key = ''] = await site.put(aPut(3));
    const page = await site.page(`/records/${key}`);
    for (const path of ['rioxx', 'openaire', 'plan-s/records'])
      expect(page).to.contain(`href="/assessments/${path}?record=${key}"`);
    expect(await site.page(`${PLAN_S}/records?record=${key}`)).to.contain('The results of this record');
    const peer = await site.peer('Elsewhere', 'https://other.example');
    const [others = ''] = await site.follow(peer, aPut(4));
    expect(await site.page(`/records/${others}`)).not.to.contain(`?record=${others}`);
  });

  it('speaks four languages', async () => {
    for (const [lang, words] of [
      ['es', 'Requisitos del Plan S para repositorios'],
      ['pt', 'Requisitos do Plan S para repositórios'],
      ['fr', 'Exigences du Plan S pour les archives'],
    ])
      expect(await site.page(`${PLAN_S}?lang=${lang}`)).to.contain(words);
  });

  it('can be had as a table, a line a criterion', async () => {
    const response = await site.get(`${PLAN_S}?format=csv`);
    expect(response.headers.get('content-disposition')).to.contain('plan-s.csv');
    const table = await response.text();
    expect(table).to.contain('availability,mandatory,uptime');
    expect(table).to.contain('https://r.example/help,2025-12-01,Repository manager');
  });

  it('keeps nothing of what cannot be taken', async () => {
    const before = await (await api('GET')).json();
    const bad: object[] = [
      { declarations: { 'persistent-identifiers': HELPDESK } },
      { declarations: { nothing: HELPDESK } },
      { declarations: { versioning: { ...HELPDESK, evidence: 'javascript:alert(1)' } } },
      { declarations: { versioning: { ...HELPDESK, date: '2025-02-30' } } },
      { declarations: { versioning: { ...HELPDESK, statement: ' ' } } },
      { declarations: { versioning: { ...HELPDESK, statement: 'x'.repeat(2_001) } } },
      { declarations: { versioning: { ...HELPDESK, by: undefined } } },
      { declarations: { versioning: { ...HELPDESK, more: 1 } } },
      { maintenance: [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }] },
      { maintenance: [{ from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }] },
      { maintenance: [{ from: 'yesterday', to: 'today' }] },
    ];
    for (const body of bad) {
      const response = await api('PUT', body);
      expect(response.status, JSON.stringify(body)).to.equal(400);
      await response.arrayBuffer();
    }
    expect(await (await api('GET')).json()).to.deep.equal(before);
  });
});
