import { expect } from 'chai';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from './support/a-site.ts';

const RIOXX = '/assessments/rioxx';
const BASE = 'https://node.example';
const CC_BY = 'https://creativecommons.org/licenses/by/4.0/';
const ARTICLE = 'http://purl.org/coar/resource_type/c_6501';

interface Document extends JsonLdObject {
  records: number;
  recordsPassed: number;
  rules: (JsonLdObject & { id: string })[];
}

describe('the assessments of metadata', () => {
  let site: TestSite;
  let good: string;
  let poor: string;
  before(async () => {
    site = await aSite();
    [good = '', poor = ''] = await site.put(
      aPut(1, {
        type: ARTICLE,
        titles: [{ value: '=HYPERLINK("http://evil.example")' }],
        identifiers: [{ scheme: 'url', value: 'https://repository.example/1' }],
        source: { title: 'D-Lib Magazine' },
        licence: CC_BY,
        published: '2016-05-04',
      }),
      aPut(2, { titles: [{ value: '<script>alert(1)</script>' }] }),
    );
  });
  after(() => site.close());

  const json = async (path: string): Promise<Document> => {
    const response = await site.get(path);
    expect(response.status, path).to.equal(200);
    return (await response.json()) as Document;
  };
  const rule = ({ rules }: Document, id: string): JsonLdObject | undefined =>
    rules.find((one) => one.id.endsWith(`#${id}`));

  it('are listed', async () => {
    const list = await json('/assessments');
    expect((list['orderedItems'] as JsonLdObject[]).map(({ id }) => id)).to.include.members([
      BASE + RIOXX,
      `${BASE}/assessments/openaire`,
    ]);
    const page = await site.page('/assessments');
    expect(page).to.contain('<a href="/assessments/rioxx">Metadata by RIOXX</a>');
    expect(page).to.contain('RIOXX 3.0, RIOXX 2.0');
  });

  it('tell of each rule how many records meet it and how to mend it', async () => {
    const document = await json(RIOXX);
    expect(document).to.deep.include({
      id: `${BASE}${RIOXX}?version=3.0&level=basic`,
      name: 'RIOXX 3.0, Basic',
      profile: 'https://www.rioxx.net/profiles/v3-0-final/',
      records: 2,
      recordsPassed: 1,
    });
    expect(rule(document, 'licence')).to.deep.include({
      type: 'TestCase',
      element: 'ali:license_ref',
      requirement: 'mandatory',
      isDecisive: true,
      recordsPassed: 1,
      recordsFailed: 1,
      recordsInapplicable: 0,
    });
    expect(rule(document, 'licence')?.['advice']).to.contain('creativecommons.org');
    const quads = await toNQuads(document);
    expect(quads).to.contain('<https://w3id.org/ngr#recordsFailed> "1"');
    expect(quads).to.contain('<http://www.w3.org/ns/earl#TestCase>');
  });

  it('are asked for by version and level', async () => {
    const full = await json(`${RIOXX}?version=2.0&level=full`);
    expect(full.name).to.equal('RIOXX 2.0, Full');
    expect(full.recordsPassed).to.equal(0);
    expect((await json(`${RIOXX}?version=2.0`)).recordsPassed).to.equal(1);
    const openaire = await json('/assessments/openaire');
    expect(openaire.name).to.equal('OpenAIRE 4.0');
    expect(openaire.id).to.equal(`${BASE}/assessments/openaire`);
  });

  it('are assertions of EARL of a single record', async () => {
    const document = await json(`${RIOXX}?version=2.0&level=basic&record=${poor}`);
    expect(document).to.deep.include({ about: `${BASE}/records/${poor}`, meets: false });
    expect(rule(document, 'licence')?.['assertion']).to.deep.equal({
      type: 'Assertion',
      assertedBy: `${BASE}/`,
      subject: `${BASE}/records/${poor}`,
      mode: 'automatic',
      result: { type: 'TestResult', outcome: 'failed' },
    });
    const quads = await toNQuads(document);
    expect(quads).to.contain('<http://www.w3.org/ns/earl#outcome> <http://www.w3.org/ns/earl#failed>');
  });

  it('list the records that fail, as data, a page by page', async () => {
    const list = await json(`${RIOXX}?failing=licence`);
    expect(list['orderedItems']).to.deep.equal([
      {
        id: `${BASE}/records/${poor}`,
        type: 'CreativeWork',
        oaiIdentifier: 'oai:repository.example:2',
        titles: [{ value: '<script>alert(1)</script>' }],
      },
    ]);
    expect(list['next']).to.equal(undefined);
    const behind = await json(`${RIOXX}?failing=licence&after=${poor}`);
    expect(behind['orderedItems']).to.deep.equal([]);
  });

  it('are pages in four languages, with what to do in English', async () => {
    for (const [lang, words] of [
      ['en', ['Records held against it', '1 record fails', 'mandatory where it applies', '50%']],
      ['es', ['Registros contrastados', '1 registro no lo cumple', 'obligatorio si procede', '50 %']],
      ['pt', ['Registros confrontados', '1 registro não cumpre', 'obrigatório quando se aplica', '50%']],
      ['fr', ['Notices confrontées', '1 notice non conforme', 'obligatoire le cas échéant', '50 %']],
    ] as const) {
      const page = await site.page(`${RIOXX}?lang=${lang}`);
      for (const word of words) expect(page, lang).to.contain(word);
      expect(page).to.contain(
        '<th scope="row" lang="en">The record has one title, and no more than one.</th>',
      );
      expect(page).to.match(/<meter min="0" max="2" value="1" aria-label="1 \S+ 2"/);
    }
  });

  it('lead from a rule to the records that fail it, and from there to what each lacks', async () => {
    const address = '/assessments/rioxx?version=3.0&amp;level=basic&amp;failing=licence';
    expect(await site.page(RIOXX)).to.contain(`href="${address}"`);
    const failing = await site.page(`${RIOXX}?failing=licence`);
    expect(failing).to.contain('&lt;script&gt;').and.not.contain('<script>alert');
    expect(failing).to.contain(`record=${poor}`).and.not.contain(good);
    const result = await site.page(`${RIOXX}?record=${poor}`);
    expect(result).to.contain('This record does not meet all that decides.');
    expect(result).to.contain('<span class="state bad">failed</span>');
    expect(await site.page(`${RIOXX}?record=${good}`)).to.contain('This record meets all that decides.');
    expect(await site.page(`${RIOXX}?failing=any&level=basic`)).to.contain(
      'Records that do not meet the whole',
    );
  });

  it('list what fails fifty a page', async () => {
    const many = await aSite();
    const keys = await many.put(...Array.from({ length: 51 }, (_, n) => aPut(n)));
    const last = keys.toSorted()[49] ?? '';
    const list = (await (await many.get(`${RIOXX}?failing=licence`)).json()) as JsonLdObject;
    expect((list['orderedItems'] as unknown[]).length).to.equal(50);
    const next = String(list['next']);
    expect(next).to.equal(`${BASE}${RIOXX}?version=3.0&level=basic&failing=licence&after=${last}`);
    const rest = (await (await many.get(next.slice(BASE.length))).json()) as JsonLdObject;
    expect((rest['orderedItems'] as unknown[]).length).to.equal(1);
    expect(await many.page(`${RIOXX}?failing=licence`)).to.contain(`failing=licence&amp;after=${last}`);
    const table = await (await many.get(`${RIOXX}?format=csv`)).text();
    expect(table.trimEnd().split('\r\n').length).to.equal(52);
    await many.close();
  });

  it('are exported as a table, a line a record, that no spreadsheet runs', async () => {
    const response = await site.get(`${RIOXX}?version=2.0&level=full&format=csv`);
    expect(response.headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).to.equal('attachment; filename="rioxx-2.0-full.csv"');
    const [head = '', ...lines] = (await response.text()).trimEnd().split('\r\n');
    expect(head).to.match(/^\uFEFF?record,oaiIdentifier,title,any,single-title,identifier,creator,/);
    expect(lines.length).to.equal(2);
    const line = lines.find((one) => one.includes(good)) ?? '';
    expect(line).to.contain(`${BASE}/records/${good},oai:repository.example:1,"'=HYPERLINK(""http`);
    expect(line).to.match(/,failed,passed,passed,passed,passed,failed,/);
    const failing = await site.get(`${RIOXX}?failing=licence&format=csv`);
    expect((await failing.text()).trimEnd().split('\r\n').length).to.equal(2);
  });

  it('refuse what they do not have, and say what there is', async () => {
    for (const [query, said] of [
      ['version=1.0', 'is none of 3.0, 2.0'],
      ['level=gold', 'is none of basic, full'],
      ['failing=beauty', 'is none of any'],
      ['record=nonsense', 'is not the key of a record'],
      ['colour=red', 'is not known here'],
    ] as const) {
      const response = await site.get(`${RIOXX}?${query}`);
      expect(response.status, query).to.equal(400);
      expect(await response.text(), query).to.contain(said);
    }
    expect((await site.get('/assessments/openaire?level=basic')).status).to.equal(400);
    const [gone = ''] = await site.put(aPut(3));
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:3', reason: 'Wrong.' });
    const response = await site.get(`${RIOXX}?record=${gone}`);
    expect(response.status).to.equal(404);
    expect(await response.json()).to.deep.include({ code: 'RECORD_NOT_ASSESSED' });
    const unknown = await site.get('/assessments/rioxx-9');
    expect(unknown.status).to.equal(404);
    expect(await unknown.text()).to.contain('rioxx, openaire');
  });
});
