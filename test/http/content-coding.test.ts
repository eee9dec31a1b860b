import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

interface RawAnswer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

describe('the content coding of an answer', () => {
  let site: TestSite;
  let long: string;
  let short: string;
  before(async () => {
    site = await aSite();
    const abstracts = [{ value: 'Repositories are open. '.repeat(500) }];
    [long = '', short = ''] = await site.put(aPut(1, { abstracts }), aPut(2));
    await site.put(...Array.from({ length: 20 }, (_, i) => aPut(i + 3)));
  });
  after(async () => {
    await site.close();
  });

  /** `fetch` would unpack, and write `Accept-Encoding` by itself. */
  async function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
    return await new Promise((resolve, reject) => {
      request(site.url + path, { method, headers }, (response) => {
        const { statusCode: status, headers } = response;
        buffer(response).then((body) => resolve({ status, headers, body }), reject);
      })
        .on('error', reject)
        .end();
    });
  }

  const LIST = '/oai?verb=ListRecords&metadataPrefix=oai_dc';
  for (const [header, coding] of [
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate, br', undefined],
    ['deflate, gzip;q=0.5, br', 'gzip'],
    ['gzip;q=0', undefined],
    ['gzip;q=0, *', undefined],
    ['gzip;q=0.3, identity;q=0.8', undefined],
    ['gzip;q=0.8, identity;q=0.3', 'gzip'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['identity;q=0, *;q=0.1', 'gzip'],
    ['*', 'gzip'],
    ['gzip;q=2', undefined],
  ] as const) {
    it(`is ${coding ?? 'none'} where Accept-Encoding is ${header ?? 'not there'}`, async () => {
      const plain = await raw(LIST);
      const answer = await raw(LIST, header === undefined ? {} : { 'accept-encoding': header });
      expect(answer.status).to.equal(200);
      expect(answer.headers['content-encoding']).to.equal(coding);
      expect(answer.headers['vary']).to.match(/\bAccept-Encoding\b/);
      const text = (coding === undefined ? answer.body : gunzipSync(answer.body)).toString();
      expect(withoutTime(text)).to.equal(withoutTime(plain.body.toString()));
    });
  }

  it('is refused with 406 where every coding is, with those that there are', async () => {
    for (const header of ['identity;q=0', '*;q=0', 'gzip;q=0, identity;q=0']) {
      const answer = await raw(LIST, { 'accept-encoding': header });
      expect(answer.status).to.equal(406);
      expect(JSON.parse(answer.body.toString())).to.deep.include({
        code: 'NOT_ACCEPTABLE',
        available: [{ coding: 'gzip' }, { coding: 'identity' }],
      });
    }
  });

  it('is none for what is short, unless that is refused', async () => {
    const path = '/oai?verb=Identify';
    expect((await raw(path, { 'accept-encoding': 'gzip' })).headers['content-encoding']).to.equal(undefined);
    const packed = await raw(path, { 'accept-encoding': 'gzip, identity;q=0' });
    expect(gunzipSync(packed.body).toString()).to.contain('<compression>gzip</compression>');
  });

  it('has an entity tag of its own, which is the one that counts for 304', async () => {
    for (const [path, accept] of [
      ['/records', 'application/ld+json'],
      ['/records', BROWSER],
      [`/records/${long}`, 'application/ld+json'],
      [`/records/${long}`, 'application/n-quads'],
      ['/resourcesync/resourcelist.xml', '*/*'],
    ] as const) {
      const plain = await raw(path, { accept });
      const packed = await raw(path, { accept, 'accept-encoding': 'gzip' });
      const [tag = '', packedTag = ''] = [plain, packed].map(({ headers }) => String(headers['etag']));
      expect(packed.headers['content-encoding'], path).to.equal('gzip');
      expect(gunzipSync(packed.body).toString()).to.equal(plain.body.toString());
      expect(tag).to.not.equal(packedTag);
      for (const { headers } of [plain, packed]) expect(headers['vary']).to.match(/\bAccept-Encoding\b/);
      const again = async (etag: string, coding: string): Promise<number | undefined> =>
        (await raw(path, { accept, 'accept-encoding': coding, 'if-none-match': etag })).status;
      expect(await again(tag, 'identity')).to.equal(304);
      expect(await again(packedTag, 'gzip')).to.equal(304);
      expect(await again(tag, 'gzip')).to.equal(200);
      expect(await again(packedTag, 'identity')).to.equal(200);
    }
  });

  it('is none for a record of the usual length', async () => {
    const answer = await raw(`/records/${short}`, { 'accept-encoding': 'gzip' });
    expect(answer.headers['content-encoding']).to.equal(undefined);
    expect(answer.headers['vary']).to.equal('Accept');
  });

  it('is told by HEAD', async () => {
    for (const path of [LIST, '/records', '/resourcesync/resourcelist.xml', `/records/${long}`]) {
      const answer = await raw(path, { 'accept-encoding': 'gzip' }, 'HEAD');
      expect(answer.status).to.equal(200);
      expect(answer.headers['content-encoding'], path).to.equal('gzip');
      expect(answer.body).to.have.length(0);
    }
  });
});

function withoutTime(text: string): string {
  return text.replace(/<responseDate>[^<]+/, '');
}
