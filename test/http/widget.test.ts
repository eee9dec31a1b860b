import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { installation } from '../../node/config/index.ts';
import { loadAssets } from '../../node/http/assets.ts';
import type { WidgetDocument } from '../../node/http/related/widget-document.ts';
import { aPut } from '../support/builders.ts';
import { RudeClient } from './bad-input/asking.ts';
import { aSite, type TestSite } from './support/a-site.ts';

const run = promisify(execFile);
const { root } = installation();
const source = join(root, 'node', 'http', 'assets', 'widget.js');

describe('the widget’s script', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite();
  });
  after(() => site.close());

  it('has less than 10 kB as it is served, and less than 5 kB packed', async () => {
    const client = new RudeClient(site.url);
    const plain = await client.ask({ path: '/widget.js', headers: { 'accept-encoding': 'identity' } });
    const packed = await client.ask({ path: '/widget.js', headers: { 'accept-encoding': 'gzip' } });
    client.close();
    expect(Number(plain.headers['content-length'])).to.be.below(10_000);
    expect(packed.headers['content-encoding']).to.equal('gzip');
    expect(loadAssets().widget.gzipped.length).to.be.below(5_000);
    expect(gunzipSync(loadAssets().widget.gzipped).toString()).to.equal(plain.text);
  });

  it('may be kept for an hour, asked for again with its tag, and used by any site', async () => {
    const { status, headers } = await site.get('/widget.js');
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).to.equal('public, max-age=3600, stale-while-revalidate=86400');
    expect(headers.get('vary')).to.equal('Accept-Encoding');
    expect(headers.get('etag')).to.match(/^"[^"]+"$/);
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('set-cookie')).to.equal(null);
    const again = await site.get('/widget.js', { 'if-none-match': headers.get('etag') ?? '' });
    expect(again.status).to.equal(304);
  });

  it('can be had under a name that changes with it, to be pinned by its hash', async () => {
    const { name } = loadAssets().widget;
    const answer = await site.get(`/assets/${name}`);
    expect(answer.headers.get('cache-control')).to.contain('immutable');
    expect(answer.headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
    expect(await answer.text()).to.equal(readFileSync(source, 'utf8'));
  });

  it('fits its types', async () => {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--ignoreConfig', '--noEmit', '--allowJs', '--checkJs', '--strict', '--types', ''];
    const strict = ['--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noUnusedLocals'];
    const platform = ['--target', 'ES2022', '--lib', 'ES2022,DOM,DOM.Iterable'];
    // It tells by its status; what it says is in the failure's message.
    await run(process.execPath, [compiler, ...options, ...strict, ...platform, source]);
  });

  it('has no way to turn text into markup or code', () => {
    const text = readFileSync(source, 'utf8');
    expect(text).not.to.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
    expect(text).not.to.match(/cookie\s*=|localStorage|sessionStorage|indexedDB|'style'/);
  });
});

describe('what the widget asks', () => {
  let site: TestSite;
  let own: string[];
  let theirs: string;

  before(async () => {
    site = await aSite();
    const topic = { abstracts: [{ value: 'Harvesting metadata from repositories with resumption tokens.' }] };
    own = await site.put(
      aPut(1, {
        ...topic,
        titles: [{ value: 'Harvesting metadata from repositories', language: 'en' }],
        identifiers: [
          { scheme: 'doi', value: '10.1000/one' },
          { scheme: 'handle', value: '2345.6/1' },
          { scheme: 'url', value: 'https://repository.example/id/eprint/1' },
          { scheme: 'isbn', value: '9783161484100' },
        ],
      }),
      aPut(2, {
        ...topic,
        titles: [{ value: 'Resumption tokens <b>in</b> the harvesting of repositories', language: 'en' }],
        creators: ['Knoth, Petr', 'Pontika, Nancy', 'Herrmannova, Drahomira', 'Cancellieri, Matteo'].map(
          (name) => ({
            name,
            family: name.split(', ')[0] ?? '',
            given: name.split(', ')[1] ?? '',
            kind: 'person',
          }),
        ),
        published: '2016-05-17',
        access: { right: 'open' },
      }),
      aPut(3, { titles: [{ value: 'Glaciers of the Andes' }] }),
    );
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    [theirs = ''] = await site.follow(
      peer,
      aPut(1, {
        ...topic,
        titles: [{ value: 'x'.repeat(1_000) + ' harvesting repositories' }],
        identifiers: [
          { scheme: 'doi', value: '10.1000/theirs' },
          { scheme: 'isbn', value: '9783161484100' },
        ],
      }),
    );
  });
  after(() => site.close());

  async function asked(...items: string[]): Promise<WidgetDocument> {
    const query = new URLSearchParams(items.map((item) => ['item', item] as [string, string]));
    const answer = await site.get(`/widget/related?${query.toString()}`);
    expect(answer.status).to.equal(200);
    return (await answer.json()) as WidgetDocument;
  }

  const names: Record<string, string> = {
    'OAI identifier': 'oai:repository.example:1',
    DOI: '10.1000/ONE',
    'DOI with a prefix': 'doi:10.1000/one',
    'address of the DOI': 'https://doi.org/10.1000/one',
    Handle: 'hdl:2345.6/1',
    'page in DSpace': 'https://other.example/handle/2345.6/1',
    'address of the item': 'https://repository.example/id/eprint/1',
    'address of its page in EPrints': 'http://repository.example/1/',
  };
  for (const [what, name] of Object.entries(names))
    it(`finds an item by its ${what}`, async () => {
      expect((await asked(name)).item).to.equal(`https://node.example/records/${own[0]}`);
    });

  it('finds an item by the key and the address of its record', async () => {
    for (const name of [own[0] ?? '', `https://node.example/records/${own[0]}`])
      expect((await asked(name)).item).to.equal(`https://node.example/records/${own[0]}`);
  });

  it('takes the first name that is known, and this node’s own record of several', async () => {
    expect((await asked('12', 'no such thing', '10.1000/theirs', '10.1000/one')).item).to.contain(theirs);
    // Both nodes have the OAI identifier.
    expect((await asked('oai:repository.example:1')).item).to.contain(own[0]);
  });

  it('does not take a book for its chapters, nor a tombstone for an item', async () => {
    expect(await asked('urn:isbn:9783161484100')).not.to.have.property('item');
    const [gone = ''] = await site.put(aPut(9));
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:9', reason: 'Wrong.' });
    expect(await asked(gone)).not.to.have.property('item');
    expect(await asked('oai:repository.example:9')).not.to.have.property('item');
  });

  it('tells what is related, as plain text', async () => {
    const { items, feedback, language, heading, from } = await asked('10.1000/one');
    expect({ language, heading, from }).to.deep.equal({
      language: 'en',
      heading: 'Related items',
      from: { text: 'Suggested by University of Wyreford', url: 'https://node.example' },
    });
    expect(feedback).to.equal(`records/${own[0]}/related/feedback`);
    expect(items.map(({ key }) => key)).to.have.members([own[1], theirs]);
    const item = items.find(({ key }) => key === own[1]);
    expect(item?.url).to.equal(`https://node.example/records/${own[1]}`);
    expect(item?.title).to.equal('Resumption tokens <b>in</b> the harvesting of repositories');
    expect(item?.facts).to.deep.equal([
      'Petr Knoth, Nancy Pontika, Drahomira Herrmannova and 1 other',
      '2016',
      'Open access',
    ]);
    expect(item?.why).to.match(/^Why: words in common: \w+/);
    const long = items.find(({ key }) => key === theirs);
    expect(long?.title).to.have.length(300);
  });

  it('answers in four languages, by what the address says alone', async () => {
    const headings: string[] = [];
    for (const lang of ['en', 'es', 'pt', 'fr']) {
      const answer = await site.get(`/widget/related?item=10.1000/one&lang=${lang}`, {
        'accept-language': 'fr',
      });
      const document = (await answer.json()) as WidgetDocument;
      expect(document.language).to.equal(lang);
      headings.push(document.heading, document.notRelevant);
    }
    expect(new Set(headings)).to.have.length(8);
  });

  it('can be kept by shared caches for five minutes, and asked for again', async () => {
    const path = '/widget/related?item=10.1000/one';
    const { headers } = await site.get(path, { origin: 'https://repository.example' });
    expect(headers.get('content-type')).to.equal('application/json; charset=utf-8');
    expect(headers.get('cache-control')).to.equal('public, max-age=300');
    expect(headers.get('vary')).to.equal('Accept-Encoding');
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('access-control-allow-credentials')).to.equal(null);
    expect((await site.get(path, { 'if-none-match': headers.get('etag') ?? '' })).status).to.equal(304);
  });

  it('answers with nothing where nothing is known', async () => {
    const { items, ...rest } = await asked('https://elsewhere.example/12');
    expect(items).to.deep.equal([]);
    expect(rest).not.to.have.any.keys('item', 'feedback');
    // Known, but like nothing.
    expect((await asked('oai:repository.example:3')).items).to.deep.equal([]);
  });
});
