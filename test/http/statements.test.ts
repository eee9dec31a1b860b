import { expect } from 'chai';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

const [ONE, TWO, THREE] = [1, 2, 3].map((n) => `oai:repository.example:${n}`) as [string, string, string];

interface Said {
  records: [string, string];
  says: string;
  by: string;
  at: string;
}

describe('/statements, what the manager says of duplicates', () => {
  let site: TestSite;
  let keys: string[];
  beforeEach(async () => {
    site = await aSite();
    keys = await site.put(
      aPut(1, { titles: [{ value: 'On repositories' }] }),
      aPut(2, { titles: [{ value: 'On libraries' }] }),
      aPut(3, { titles: [{ value: 'On archives' }] }),
    );
  });
  afterEach(async () => {
    await site.close();
  });

  const ask = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(site.url + path, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const say = (a: string, b: string, says: string): Promise<Response> =>
    ask('POST', '/api/statements', { records: [a, b], says });
  const list = async (query = ''): Promise<{ statements: Said[]; total: number; next?: string }> =>
    (await (await ask('GET', `/api/statements${query}`)).json()) as {
      statements: Said[];
      total: number;
      next?: string;
    };

  it('takes what is said of two records, named in any way', async () => {
    const [first = '', second = ''] = keys;
    const response = await say(ONE, `https://node.example/records/${second}`, 'different');
    expect(response.status).to.equal(200);
    expect(await response.json()).to.deep.equal({
      records: [first, second].sort(),
      says: 'different',
      by: 'manager',
      at: new Date(site.clock.now()).toISOString(),
    });
    expect((await say(second, first, 'different')).status).to.equal(200);
    expect((await list()).total).to.equal(1);
  });

  it('lists all, or what is about a record, a page at a time', async () => {
    await say(ONE, TWO, 'different');
    await say(TWO, THREE, 'different');
    expect((await list(`?record=${encodeURIComponent(ONE)}`)).statements).to.have.length(1);
    const first = await list('?limit=1');
    const second = await list(`?limit=1&after=${first.next}`);
    expect([...first.statements, ...second.statements]).to.deep.equal((await list()).statements);
  });

  it('takes back what was said, once', async () => {
    const [first = '', second = ''] = keys;
    await say(ONE, TWO, 'same');
    expect((await ask('DELETE', `/api/statements/${second}/${first}`)).status).to.equal(204);
    const again = await ask('DELETE', `/api/statements/${first}/${second}`);
    expect(again.status).to.equal(404);
    expect(await again.json()).to.include({ code: 'STATEMENT_UNKNOWN' });
    expect((await list()).statements).to.deep.equal([]);
  });

  it('refuses what contradicts what was said, and names the remedy', async () => {
    await say(ONE, TWO, 'same');
    await say(TWO, THREE, 'same');
    const refused = await say(ONE, THREE, 'different');
    expect(refused.status).to.equal(409);
    const problem = (await refused.json()) as { code: string; remedy: string };
    expect(problem.code).to.equal('STATEMENT_CONTRADICTS');
    expect(problem.remedy).to.contain('--take-back');
  });

  it('needs the manager’s token, and is read without it', async () => {
    const body = JSON.stringify({ records: [ONE, TWO], says: 'same' });
    const headers = { 'content-type': 'application/json' };
    const posted = await fetch(`${site.url}/api/statements`, { method: 'POST', headers, body });
    expect(posted.status).to.equal(401);
    expect((await site.get('/statements')).status).to.equal(200);
  });

  it('is published as this node’s statement, which asserts nothing by itself', async () => {
    await say(ONE, TWO, 'different');
    const response = await site.get('/statements');
    const quads = await toNQuads((await response.json()) as JsonLdObject);
    const [a, b] = keys
      .slice(0, 2)
      .sort()
      .map((key) => `https://node.example/records/${key}`);
    const statement = `<https://node.example/statements#${a?.slice(-20)}-${b?.slice(-20)}>`;
    const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
    expect(quads).to.contain(`${statement} <${rdf}type> <${rdf}Statement>`);
    expect(quads).to.contain(`${statement} <${rdf}subject> <${a}>`);
    expect(quads).to.contain(`${statement} <${rdf}predicate> <https://w3id.org/ngr#notSameWorkAs>`);
    expect(quads).to.contain(`${statement} <${rdf}object> <${b}>`);
    expect(quads).to.contain(
      `${statement} <http://www.w3.org/ns/prov#wasAttributedTo> <https://node.example>`,
    );
    expect(quads).to.not.contain(`<${a}> <https://w3id.org/ngr#notSameWorkAs>`);
  });

  it('is a page with the titles, and is linked from the records that it is about', async () => {
    await say(ONE, TWO, 'different');
    const [first = '', second = '', third = ''] = keys;
    const page = await site.page('/statements');
    expect(page).to.contain('These records are not of the same work').and.to.contain('On repositories');
    expect(await site.page('/statements', { 'accept-language': 'fr' })).to.contain(
      'ne sont pas de la même œuvre',
    );
    const link = `/statements?record=${first}`;
    expect(await site.page(`/records/${first}`)).to.contain(link);
    expect(await site.page(`/records/${third}`)).to.not.contain('/statements?');
    for (const path of [`/records/${first}/duplicates`, `/works/w${first}`]) {
      const document = (await (await site.get(path)).json()) as { statements?: string };
      expect(document.statements, path).to.equal(`https://node.example${link}`);
    }
    expect(await site.page(`/works/w${second}`)).to.contain(`/statements?record=${second}`);
  });
});
