import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { installation } from '../../../node/config/index.ts';
import { loadAssets } from '../../../node/http/assets.ts';
import { routersOf } from '../../../node/http/app.ts';
import { openApiDocument, operationId, problemsOf, routeOf } from '../../../node/http/openapi/index.ts';
import { httpOperations } from '../../../node/http/operations.ts';
import { publicParts } from '../../../node/http/public-parts.ts';
import { refusalStatus } from '../../../node/http/server/refusal-status.ts';
import { apiRouter } from '../../../node/http/routers/api/index.ts';
import { apiOperations } from '../../../node/http/routers/api/operations.ts';
import { apiPage } from '../../../scripts/build/api.ts';
import { NgrError } from '../../../vocab/errors.ts';
import { aSite, BROWSER, type TestSite } from '../support/a-site.ts';

const { root } = installation();
const document = openApiDocument(httpOperations, { base: 'https://node.example', version: '1.2.3' });

describe('the description of the API', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite();
  });
  after(() => site.close());

  it('has every route of the API, and no other', () => {
    const registered = apiRouter(publicParts(site.parts, loadAssets()))
      .stack.flatMap(({ methods, path }) => methods.map((method) => `${method} ${String(path)}`))
      .filter((route) => !route.startsWith('HEAD '));
    expect(apiOperations.map(routeOf).toSorted()).to.deep.equal(registered.toSorted());
  });

  it('has none that the node does not answer', () => {
    const assets = loadAssets();
    const registered = routersOf(publicParts(site.parts, assets), assets)
      .flatMap(({ stack }) => stack)
      .flatMap(({ methods, path }) => methods.map((method) => `${method} ${String(path)}`));
    expect(registered).to.include.members(httpOperations.map(routeOf));
  });

  it('names each operation once, and each by a name of its own', () => {
    expect(new Set(httpOperations.map(routeOf)).size).to.equal(httpOperations.length);
    expect(new Set(httpOperations.map(operationId)).size).to.equal(httpOperations.length);
    for (const name of httpOperations.map(operationId)) expect(name).to.match(/^[a-z][A-Za-z0-9]*$/);
  });

  for (const operation of httpOperations) {
    const { path, parameters, body, example, summary, answers, right } = operation;
    it(`tells of ${routeOf(operation)} what it takes, needs and answers`, () => {
      const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(parameters ?? {})).to.have.members(names);
      expect(summary).to.match(/^[A-Z].*[^.]$/);
      expect(path.startsWith('/api/')).to.equal(right !== undefined);
      expect(Object.keys(answers).length).to.be.greaterThan(0);
      if (body === undefined) return;
      const sent = body.safeParse(example ?? {});
      expect(sent.success, sent.error?.message).to.equal(true);
    });

    it(`says of ${routeOf(operation)} with which status a code is told, as the node tells it`, () => {
      for (const [status, codes] of problemsOf(operation)) {
        for (const code of codes)
          expect(refusalStatus(new NgrError(code, '')) ?? status, code).to.equal(status);
      }
    });
  }

  it('is an OpenAPI document', async () => {
    const schema = JSON.parse(
      await readFile(join(root, 'test/fixtures/openapi-3.1-schema.json'), 'utf8'),
    ) as object;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('media-range', true);
    const check = ajv.compile(schema);
    expect(check(document), JSON.stringify(check.errors?.slice(0, 5))).to.equal(true);
  });

  it('has schemas that are schemas, each reference leading to one', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(document, 'document.json');
    const places = [...schemaPlaces(document, '')];
    expect(places.length).to.be.greaterThan(200);
    for (const place of places) ajv.compile({ $ref: `document.json#${place}` });
  });

  it('is given to anybody, and not again to who has it', async () => {
    const response = await site.get('/api/openapi.json');
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/json');
    expect(response.headers.get('cache-control')).to.equal('public, max-age=3600');
    expect(response.headers.get('access-control-allow-origin')).to.equal('*');
    const told = (await response.json()) as typeof document;
    expect(told.openapi).to.equal('3.1.1');
    expect(told.servers).to.deep.equal([{ url: 'https://node.example' }]);
    expect(Object.keys(told.paths)).to.deep.equal(Object.keys(document.paths));
    const etag = response.headers.get('etag') ?? '';
    expect((await site.get('/api/openapi.json', { 'if-none-match': etag })).status).to.equal(304);
  });

  it('is a page, too, with its frame in each language', async () => {
    for (const [lang, title] of [
      ['en', 'The API'],
      ['es', 'La API'],
      ['pt', 'A API'],
      ['fr', 'L’API'],
    ] as const) {
      const response = await site.get(`/api?lang=${lang}`, { accept: BROWSER });
      expect(response.status).to.equal(200);
      const page = await response.text();
      expect(page).to.include(`<h1>${title}</h1>`);
      for (const operation of httpOperations) expect(page).to.include(`id="${operationId(operation)}"`);
      expect(page).to.not.match(/<script(?! type="application)/);
      expect(page.length).to.be.lessThan(150_000);
    }
    expect((await site.get('/api?lang=xx')).status).to.equal(400);
  });

  it('is docs/api.md, as it is kept', async () => {
    expect(await readFile(join(root, 'docs', 'api.md'), 'utf8')).to.equal(apiPage());
  });
});

/** Where schemas stand in the document, as JSON pointers. */
function* schemaPlaces(value: unknown, place: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const here = `${place}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
    if (name === 'schema') yield here;
    else if (name !== 'example') yield* schemaPlaces(inner, here);
  }
}
